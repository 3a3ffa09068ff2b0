using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Lab.Sinks;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.LakeEngines;

/// <summary>
/// Plays the parts of Trino and of Athena, on a free loopback port of its own: their protocols as their documents have them, their SQL by DuckDB, over
/// the lab's lake. It can be told to misbehave.
/// </summary>
public sealed class LakeEngineServer : IAsyncDisposable
{
    private readonly LoopbackApp _app;

    private LakeEngineServer(Func<string, Task<LakeAnswer>> ask, StorageKey key)
    {
        Trino = new TrinoApi(ask);
        Athena = new AthenaApi(ask, key);
        _app = new LoopbackApp(AnswerAsync);
    }

    public TrinoApi Trino { get; }

    public AthenaApi Athena { get; }

    /// <summary>What is done with a request before it is answered: true when that was all. It is told the method and the path, or Athena's action.</summary>
    public Func<string, HttpContext, Task<bool>>? Misbehave { get; set; }

    /// <summary>Where it listens.</summary>
    public Uri Url => _app.Url;

    /// <summary>Starts one.</summary>
    /// <param name="ask">Answers its questions.</param>
    /// <param name="key">Whose signatures its Athena takes.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<LakeEngineServer> StartAsync(Func<string, Task<LakeAnswer>> ask, StorageKey key, CancellationToken cancel)
    {
        LakeEngineServer server = new(ask, key);
        await server._app.StartAsync(cancel);
        return server;
    }

    /// <summary>Starts one over a catalog.</summary>
    public static async Task<LakeEngineServer> StartAsync(LakeCatalog catalog, StorageKey key, CancellationToken cancel)
    {
        await new PackageInstaller(_ => { }).InstallAsync(PackageTrees.DuckDb, cancel);
        return await StartAsync(sql => LakeQuery.AskAsync(catalog, sql, CancellationToken.None), key, cancel);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal static async Task JsonAsync(HttpContext context, JsonNode answer, string type = "application/json")
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    internal static string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };

    private async Task AnswerAsync(HttpContext context)
    {
        string action = context.Request.Headers["X-Amz-Target"].ToString();
        string request = action.Length > 0 ? action.Split('.')[^1] : $"{context.Request.Method} {context.Request.Path}";
        if (Misbehave is null || !await Misbehave(request, context))
        {
            await (action.Length > 0 ? Athena.AnswerAsync(context, action) : Trino.AnswerAsync(context, Url));
        }
    }
}
