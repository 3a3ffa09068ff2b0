using System.Runtime.CompilerServices;
using System.Text.Json;
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
            JsonElement page = await account.AthenaAsync("GetQueryResults", WithoutNulls(new JsonObject { ["QueryExecutionId"] = id, ["MaxResults"] = PageRows, ["NextToken"] = next }), Subject, cancel).ConfigureAwait(false);
            if (page.Member("ResultSet").Member("Rows") is not { ValueKind: JsonValueKind.Array } rows)
            {
                throw NotAnAnswer();
            }

            foreach (JsonElement row in rows.EnumerateArray())
            {
                // The first row of all names the columns.
                if (!isHeader)
                {
                    yield return [.. row.Items("Data").Select(cell => cell.Text("VarCharValue"))];
                }

                isHeader = false;
            }

            next = page.Text("NextToken");
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
        JsonObject asked = WithoutNulls(new JsonObject
        {
            ["QueryString"] = sql,
            ["ClientRequestToken"] = Guid.NewGuid().ToString("N"),
            ["QueryExecutionContext"] = new JsonObject { ["Catalog"] = definition.Catalog, ["Database"] = definition.Database },
            ["WorkGroup"] = definition.WorkGroup,
            ["ResultConfiguration"] = definition.Output is { } output ? new JsonObject { ["OutputLocation"] = output.AbsoluteUri } : null,
        });
        JsonElement begun = await account.AthenaAsync("StartQueryExecution", asked, Subject, cancel).ConfigureAwait(false);
        return begun.Text("QueryExecutionId") ?? throw NotAnAnswer();
    }

    private async Task AwaitAsync(string id, CancellationToken cancel)
    {
        bool isOver = false;
        long began = clock.GetTimestamp();
        try
        {
            for (TimeSpan pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                JsonElement told = await account.AthenaAsync("GetQueryExecution", new JsonObject { ["QueryExecutionId"] = id }, Subject, cancel).ConfigureAwait(false);
                JsonElement query = told.Member("QueryExecution") ?? throw NotAnAnswer();
                JsonElement status = query.Member("Status") ?? throw NotAnAnswer();
                string? state = status.Text("State");
                isOver = state is "SUCCEEDED" or "FAILED" or "CANCELLED";
                if (isOver)
                {
                    Interlocked.Add(ref _bytesRead, query.Member("Statistics")?.Number("DataScannedInBytes") ?? 0);
                    if (state == "SUCCEEDED")
                    {
                        return;
                    }

                    throw LakeEngineErrors.Failed(Name, status.Text("StateChangeReason") ?? "it does not say why", CauseOf(status), null);
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
    private static FailureClass CauseOf(JsonElement status) => status.Member("AthenaError")?.Number("ErrorCategory") switch
    {
        1 => FailureClass.ServerFault,
        2 => FailureClass.InvalidInput,
        _ => FailureClass.Unknown,
    };

    // The API tells null from nothing.
    private static JsonObject WithoutNulls(JsonObject body)
    {
        foreach (string name in body.Where(field => field.Value is null).Select(field => field.Key).ToArray())
        {
            body.Remove(name);
        }

        return body;
    }

    private AcodeException NotAnAnswer() => LakeEngineErrors.NotAnAnswer(Name, "it leaves out what its API promises");
}
