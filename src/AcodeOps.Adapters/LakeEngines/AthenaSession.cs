using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Aws;

namespace AcodeOps.Adapters.LakeEngines;

/// <summary>Asks Athena: a question is begun, waited for, and its answer read page by page. One that is given up is stopped, as it would cost on.</summary>
/// <param name="definition">The database, the workgroup and where answers go.</param>
/// <param name="account">The account.</param>
/// <param name="clock">The clock.</param>
internal sealed class AthenaSession(LakeDefinition definition, AwsAccount account, TimeProvider clock) : ISqlSession
{
    private const int PageRows = 1_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private long _bytesRead;

    /// <inheritdoc />
    public string Name => definition.ToString();

    /// <inheritdoc />
    public long? BytesRead => Interlocked.Read(ref _bytesRead);

    private string Subject => $"a question about {definition.Database}";

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<string?>> AskAsync(string sql, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        string id = await BeginAsync(sql, cancel).ConfigureAwait(false);
        await AwaitAsync(id, cancel).ConfigureAwait(false);
        bool isHeader = true;
        for (string? next = null; ;)
        {
            JsonObject page = await account.AthenaAsync("GetQueryResults", new JsonObject
            {
                ["QueryExecutionId"] = id,
                ["MaxResults"] = PageRows,
                ["NextToken"] = next,
            }.WithoutNulls(), Subject, cancel).ConfigureAwait(false);
            foreach (JsonNode? row in page["ResultSet"]?["Rows"] as JsonArray ?? throw NotAnAnswer())
            {
                // The first row of all names the columns.
                if (!isHeader)
                {
                    yield return [.. (row?["Data"] as JsonArray ?? throw NotAnAnswer()).Select(cell => (string?)cell?["VarCharValue"])];
                }

                isHeader = false;
            }

            next = (string?)page["NextToken"];
            if (next is null)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private async Task<string> BeginAsync(string sql, CancellationToken cancel)
    {
        JsonObject asked = new JsonObject
        {
            ["QueryString"] = sql,
            ["ClientRequestToken"] = Guid.NewGuid().ToString("N"),
            ["QueryExecutionContext"] = new JsonObject { ["Catalog"] = definition.Catalog, ["Database"] = definition.Database },
            ["WorkGroup"] = definition.WorkGroup,
            ["ResultConfiguration"] = definition.Output is { } output ? new JsonObject { ["OutputLocation"] = output.AbsoluteUri } : null,
        }.WithoutNulls();
        JsonObject begun = await account.AthenaAsync("StartQueryExecution", asked, Subject, cancel).ConfigureAwait(false);
        return (string?)begun["QueryExecutionId"] ?? throw NotAnAnswer();
    }

    private async Task AwaitAsync(string id, CancellationToken cancel)
    {
        bool isOver = false;
        long began = clock.GetTimestamp();
        try
        {
            for (TimeSpan pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                JsonObject told = await account.AthenaAsync("GetQueryExecution", new JsonObject { ["QueryExecutionId"] = id }, Subject, cancel).ConfigureAwait(false);
                JsonNode query = told["QueryExecution"] ?? throw NotAnAnswer();
                string? state = (string?)query["Status"]?["State"];
                isOver = state is "SUCCEEDED" or "FAILED" or "CANCELLED";
                if (isOver)
                {
                    Interlocked.Add(ref _bytesRead, (long?)query["Statistics"]?["DataScannedInBytes"] ?? 0);
                    if (state == "SUCCEEDED")
                    {
                        return;
                    }

                    throw LakeEngineErrors.Failed(Name, (string?)query["Status"]?["StateChangeReason"] ?? "it does not say why", CauseOf(query), null);
                }

                if (clock.GetElapsedTime(began) > TimeSpan.FromMinutes(definition.Minutes))
                {
                    throw LakeEngineErrors.TookTooLong(Name, definition.Minutes);
                }

                await Task.Delay(pause, clock, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!isOver)
            {
                await StopAsync(id).ConfigureAwait(false);
            }
        }
    }

    private async Task StopAsync(string id)
    {
        using CancellationTokenSource limit = new(StopLimit);
        try
        {
            await account.AthenaAsync("StopQueryExecution", new JsonObject { ["QueryExecutionId"] = id }, Subject, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcodeException or OperationCanceledException)
        {
            // What has brought us here says more.
        }
    }

    // Source: "AthenaError" of Athena's API: 1 is the system, 2 the user, 3 something else.
    private static FailureClass CauseOf(JsonNode query) => (int?)query["Status"]?["AthenaError"]?["ErrorCategory"] switch
    {
        1 => FailureClass.ServerFault,
        2 => FailureClass.InvalidInput,
        _ => FailureClass.Unknown,
    };

    private AcodeException NotAnAnswer() => LakeEngineErrors.NotAnAnswer(Name, "it leaves out what its API promises");
}
