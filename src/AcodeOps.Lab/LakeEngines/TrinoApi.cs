using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>Plays the part of a Trino coordinator: its client protocol, page by page.</summary>
/// <param name="ask">Answers questions.</param>
public sealed class TrinoApi(Func<string, Task<LakeAnswer>> ask)
{
    private const string Root = "/v1/statement";

    private readonly ConcurrentDictionary<string, Query> _queries = new();
    private int _last;

    private sealed class Query(string id, string sql)
    {
        public string Id => id;

        public string Sql => sql;

        public Task<LakeAnswer>? Answer { get; set; }

        public int Token { get; set; }

        public bool IsEnded { get; set; }
    }

    /// <summary>The only user and password that it lets in; null for everybody.</summary>
    public (string User, string Password)? Login { get; set; }

    /// <summary>How many rows a page has.</summary>
    public int PageRows { get; set; } = 500;

    /// <summary>The statements so far.</summary>
    public IReadOnlyList<string> Statements => [.. _queries.Values.OrderBy(query => query.Id, StringComparer.Ordinal).Select(query => query.Sql)];

    /// <summary>How many queries were ended by who asked.</summary>
    public int Ended => _queries.Values.Count(query => query.IsEnded);

    public async Task AnswerAsync(HttpContext context, Uri url)
    {
        string[] path = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!IsLetIn(context))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Trino\"";
        }
        else if (context.Request.Method == "POST" && context.Request.Path == Root)
        {
            await BeginAsync(context, url);
        }
        else if (path is ["v1", "statement", "executing", var id, var token] && _queries.TryGetValue(id, out Query? query) && int.TryParse(token, CultureInfo.InvariantCulture, out int page))
        {
            await (context.Request.Method == "DELETE" ? EndAsync(context, query) : PageAsync(context, url, query, page));
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private bool IsLetIn(HttpContext context) => Login is not { } login
        || context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}"));

    private async Task BeginAsync(HttpContext context, Uri url)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string sql = await reader.ReadToEndAsync(context.RequestAborted);
        if (string.IsNullOrWhiteSpace(sql) || context.Request.Headers["X-Trino-User"].ToString().Length == 0)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(sql.Length == 0 ? "SQL statement is empty" : "User must be set", context.RequestAborted);
            return;
        }

        Query query = new(string.Create(CultureInfo.InvariantCulture, $"20261124_120000_{Interlocked.Increment(ref _last):00000}_lab00"), sql);
        _queries[query.Id] = query;
        await LakeEngineServer.JsonAsync(context, Document(query, url, next: 1, "QUEUED", 0));
    }

    private async Task PageAsync(HttpContext context, Uri url, Query query, int page)
    {
        // A page may be asked for once more; those before it are gone.
        if (query.IsEnded || page < query.Token || page > query.Token + 1)
        {
            context.Response.StatusCode = query.IsEnded ? 404 : 410;
            return;
        }

        query.Token = page;
        query.Answer ??= ask(query.Sql);
        if (page == 1)
        {
            await LakeEngineServer.JsonAsync(context, Document(query, url, next: 2, "RUNNING", 0));
            return;
        }

        try
        {
            LakeAnswer answer = await query.Answer;
            int first = (page - 2) * PageRows;
            bool isLast = first + PageRows >= answer.Rows.Count;
            JsonObject document = Document(query, url, isLast ? null : page + 1, isLast ? "FINISHED" : "RUNNING", isLast ? answer.BytesRead : 0);
            document["columns"] = new JsonArray([.. answer.Columns.Select(name => new JsonObject { ["name"] = name, ["type"] = "varchar" })]);
            if (answer.Rows.Count > first)
            {
                document["data"] = new JsonArray([.. answer.Rows.Skip(first).Take(PageRows).Select(row => new JsonArray([.. row.Select(cell => JsonNode.Parse(cell.GetRawText()))]))]);
            }

            await LakeEngineServer.JsonAsync(context, document);
        }
        catch (LakeQueryException refused)
        {
            JsonObject document = Document(query, url, next: null, "FAILED", 0);
            document["error"] = new JsonObject { ["message"] = refused.Message, ["errorCode"] = 1, ["errorName"] = refused.Name, ["errorType"] = "USER_ERROR" };
            await LakeEngineServer.JsonAsync(context, document);
        }
    }

    private static Task EndAsync(HttpContext context, Query query)
    {
        query.IsEnded = true;
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static JsonObject Document(Query query, Uri url, int? next, string state, long bytes)
    {
        JsonObject document = new()
        {
            ["id"] = query.Id,
            ["infoUri"] = new Uri(url, $"/ui/query.html?{query.Id}").AbsoluteUri,
            ["stats"] = new JsonObject { ["state"] = state, ["queued"] = state == "QUEUED", ["physicalInputBytes"] = bytes },
            ["warnings"] = new JsonArray(),
        };
        if (next is { } token)
        {
            document["nextUri"] = new Uri(url, string.Create(CultureInfo.InvariantCulture, $"{Root}/executing/{query.Id}/{token}")).AbsoluteUri;
        }

        return document;
    }
}
