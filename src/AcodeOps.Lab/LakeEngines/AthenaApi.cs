using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AcodeOps.Lab.Servers.Storage;
using Amazon.Runtime.Internal.Auth;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>Plays the part of Athena: the four actions by which a question is asked, with the limits that its API reference gives, and signatures checked.</summary>
/// <param name="ask">Answers questions.</param>
/// <param name="key">Whose signatures it takes.</param>
public sealed partial class AthenaApi(Func<string, Task<LakeAnswer>> ask, StorageKey key)
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MostRows = 1_000;

    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["StartQueryExecution"] = ["QueryString", "ClientRequestToken", "QueryExecutionContext", "ResultConfiguration", "WorkGroup", "ExecutionParameters", "ResultReuseConfiguration"],
        ["GetQueryExecution"] = ["QueryExecutionId"],
        ["GetQueryResults"] = ["QueryExecutionId", "NextToken", "MaxResults", "QueryResultType"],
        ["StopQueryExecution"] = ["QueryExecutionId"],
    };

    private readonly ConcurrentDictionary<string, Query> _queries = new();

    private sealed record Query(string Id, string Sql, Task<LakeAnswer> Answer)
    {
        public int Asked { get; set; }

        public bool IsStopped { get; set; }
    }

    /// <summary>How many questions were stopped by who asked.</summary>
    public int Stopped => _queries.Values.Count(query => query.IsStopped);

    /// <summary>The most rows of a page; less than the API allows, so that there are several.</summary>
    public int PageRows { get; set; } = 200;

    /// <summary>True where questions never end.</summary>
    public bool IsSlow { get; set; }

    public async Task AnswerAsync(HttpContext context, string target)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        string action = target.Split('.')[^1];
        if (!IsSigned(context.Request, text))
        {
            await RefuseAsync(context, "InvalidSignatureException", "The request signature we calculated does not match the signature you provided.");
        }
        else if (JsonNode.Parse(text) is not JsonObject body || !Fields.TryGetValue(action, out string[]? fields) || body.Any(field => !fields.Contains(field.Key) || field.Value is null))
        {
            await RefuseAsync(context, "InvalidRequestException", "The request has a field that the action does not have.");
        }
        else if (action == "StartQueryExecution")
        {
            await BeginAsync(context, body);
        }
        else if (!_queries.TryGetValue(body["QueryExecutionId"]?.ToString() ?? "", out Query? query))
        {
            await RefuseAsync(context, "InvalidRequestException", "QueryExecution was not found");
        }
        else
        {
            await (action switch
            {
                "GetQueryExecution" => StateAsync(context, query),
                "GetQueryResults" => PageAsync(context, query, body),
                _ => StopAsync(context, query),
            });
        }
    }

    private async Task BeginAsync(HttpContext context, JsonObject body)
    {
        string sql = body["QueryString"]?.ToString() ?? "", token = body["ClientRequestToken"]?.ToString() ?? "";
        if (sql.Length is 0 or > 262_144 || token.Length is < 32 or > 128 || !WorkGroupName().IsMatch(body["WorkGroup"]?.ToString() ?? "primary"))
        {
            await RefuseAsync(context, "InvalidRequestException", "A value is not within its limits.");
            return;
        }

        // The catalog of AWS is the lab's.
        string question = sql.Replace("\"AwsDataCatalog\"", $"\"{LakeCatalog.Name}\"", StringComparison.Ordinal);
        Query query = _queries.GetOrAdd(new Guid(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(token))[..16]).ToString(), id => new Query(id, sql, ask(question)));
        await LakeEngineServer.JsonAsync(context, new JsonObject { ["QueryExecutionId"] = query.Id }, ContentType);
    }

    private async Task StateAsync(HttpContext context, Query query)
    {
        query.Asked++;
        string? failure = null;
        if (query.Asked > 2 && !IsSlow && !query.IsStopped)
        {
            try
            {
                await query.Answer;
            }
            catch (LakeQueryException refused)
            {
                failure = $"{refused.Name}: {refused.Message}";
            }
        }

        string state = query.IsStopped ? "CANCELLED" : failure is not null ? "FAILED" : IsSlow || query.Asked <= 2 ? query.Asked == 1 ? "QUEUED" : "RUNNING" : "SUCCEEDED";
        JsonObject status = new() { ["State"] = state };
        if (failure is not null)
        {
            status["StateChangeReason"] = failure;
            status["AthenaError"] = new JsonObject { ["ErrorCategory"] = 2, ["ErrorType"] = 1006, ["Retryable"] = false, ["ErrorMessage"] = failure };
        }

        JsonObject execution = new() { ["QueryExecutionId"] = query.Id, ["Query"] = query.Sql, ["Status"] = status };
        if (state == "SUCCEEDED")
        {
            execution["Statistics"] = new JsonObject { ["DataScannedInBytes"] = (await query.Answer).BytesRead };
        }

        await LakeEngineServer.JsonAsync(context, new JsonObject { ["QueryExecution"] = execution }, ContentType);
    }

    private async Task PageAsync(HttpContext context, Query query, JsonObject body)
    {
        int most = (int?)body["MaxResults"] ?? MostRows, from = int.Parse(body["NextToken"]?.ToString() ?? "0", CultureInfo.InvariantCulture);
        if (most is < 1 or > MostRows || query.Asked <= 2 || !query.Answer.IsCompletedSuccessfully)
        {
            await RefuseAsync(context, "InvalidRequestException", "Query has not yet finished, or MaxResults is not within its limits.");
            return;
        }

        // Names of columns are a row of their own, the first one.
        LakeAnswer answer = await query.Answer;
        List<string?[]> rows = [[.. answer.Columns], .. answer.Rows.Select(row => row.Select(LakeEngineServer.Text).ToArray())];
        int page = Math.Min(most, PageRows);
        JsonObject document = new()
        {
            ["ResultSet"] = new JsonObject
            {
                ["Rows"] = new JsonArray([.. rows.Skip(from).Take(page).Select(row => new JsonObject { ["Data"] = new JsonArray([.. row.Select(Cell)]) })]),
                ["ResultSetMetadata"] = new JsonObject { ["ColumnInfo"] = new JsonArray([.. answer.Columns.Select(name => new JsonObject { ["Name"] = name, ["Type"] = "varchar" })]) },
            },
            ["UpdateCount"] = 0,
        };
        if (from + page < rows.Count)
        {
            document["NextToken"] = (from + page).ToString(CultureInfo.InvariantCulture);
        }

        await LakeEngineServer.JsonAsync(context, document, ContentType);
    }

    private static JsonObject Cell(string? text) => text is null ? [] : new JsonObject { ["VarCharValue"] = text };

    private static Task StopAsync(HttpContext context, Query query)
    {
        query.IsStopped = true;
        return LakeEngineServer.JsonAsync(context, new JsonObject(), ContentType);
    }

    private static Task RefuseAsync(HttpContext context, string code, string why)
    {
        context.Response.StatusCode = 400;
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        return LakeEngineServer.JsonAsync(context, new JsonObject { ["__type"] = code, ["Message"] = why }, ContentType);
    }

    // The signature as AWS's own SDK makes it, over what has come.
    private bool IsSigned(HttpRequest request, string body)
    {
        Match given = Authorization().Match(request.Headers.Authorization.ToString());
        if (!given.Success || given.Groups["key"].Value != key.AccessKey || request.ContentType != ContentType)
        {
            return false;
        }

        string names = given.Groups["names"].Value;
        string headers = string.Concat(names.Split(';').Select(name => $"{name}:{(name == "host" ? request.Host.Value : request.Headers[name].ToString())}\n"));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        DateTime at = DateTime.ParseExact(request.Headers["x-amz-date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        AWS4SigningResult expected = AWS4Signer.ComputeSignature(
            key.AccessKey, key.SecretKey, given.Groups["region"].Value, at, "athena", names, $"POST\n/\n\n{headers}\n{names}\n{hash}");
        return names.Split(';').Contains("host") && names.Split(';').Contains("x-amz-target") && expected.Signature == given.Groups["signature"].Value;
    }

    [GeneratedRegex(@"\AAWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/\d{8}/(?<region>[a-z0-9-]+)/athena/aws4_request, SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})\z")]
    private static partial Regex Authorization();

    [GeneratedRegex(@"\A[a-zA-Z0-9._-]{1,128}\z")]
    private static partial Regex WorkGroupName();
}
