using System.Net;
using AcodeOps.Lab.Airbyte.Api;
using AcodeOps.Lab.Airbyte.Store;
using AcodeOps.Lab.Airbyte.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Lab.Airbyte;

/// <summary>
/// The Airbyte stand-in: the documented public and Configuration APIs over real replication, on loopback only.
/// It starts a process's worth of work; use the verb to have it in a process of its own.
/// </summary>
internal sealed class AirbyteServer : IAsyncDisposable
{
    /// <summary>The file in the folder that holds the port, written when the server answers.</summary>
    public const string PortFileName = "port";

    private readonly WebApplication _app;
    private readonly JobRunner _runner;

    private AirbyteServer(WebApplication app, JobRunner runner)
    {
        _app = app;
        _runner = runner;
    }

    public Uri BaseAddress => new(_app.Urls.First());

    public static async Task<AirbyteServer> StartAsync(AirbyteOptions options, CancellationToken cancel)
    {
        CreatePrivateFolder(options.Folder);
        AirbyteStore store = new(options.Folder);
        AccessTokens tokens = new(store);
        FaultBoard faults = new(store);
        Catalogs catalogs = new(faults.IsUnreachable);
        JobLedger ledger = new(store);
        JobRunner runner = new(store, ledger, new Replication(store, ledger, faults));

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in StoreJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        WebApplication app = builder.Build();
        app.Use(new Gate(options, tokens, faults).InvokeAsync);
        app.UseRouting();

        void DeleteConnection(Connection connection)
        {
            store.Save(connection with { Status = Connection.Deprecated });
            if (ledger.UnfinishedOf(connection.Id) is Job job)
            {
                _ = runner.CancelAsync(job.Id, CancellationToken.None);
            }
        }

        app.MapInstance(options, store, tokens);
        app.MapWorkspaces(store);
        app.MapActors(store, ActorKind.Source, DeleteConnection);
        app.MapActors(store, ActorKind.Destination, DeleteConnection);
        app.MapDefinitions(store);
        app.MapStreams(store, catalogs);
        app.MapConnections(store, catalogs, DeleteConnection);
        app.MapConnectionUpdates(store);
        app.MapJobs(store, ledger, runner);
        app.MapChecks(store, faults);
        app.MapJobDetails(store, ledger);
        app.MapState(store, ledger);
        app.MapLab(store, faults, tokens);

        store.RecordStart();
        await app.StartAsync(cancel);
        runner.Resume();
        AirbyteServer server = new(app, runner);
        AtomicFile.Write(Path.Combine(options.Folder, PortFileName), System.Text.Encoding.ASCII.GetBytes($"{server.BaseAddress.Port}"));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _runner.DisposeAsync();
        await _app.DisposeAsync();
    }

    /// <summary>The state holds the secrets of sources and destinations: nobody else may look.</summary>
    private static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
