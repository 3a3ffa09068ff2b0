using System.Text.Json;
using AcodeOps.Lab.Datadog;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Sinks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AcodeOps.Lab.Servers.Services;

/// <summary>One process with all the small services of a lab, so that they stay when the command that started the lab has ended.</summary>
internal sealed class ServicesVerb : IVerb
{
    public string Name => "services";

    /// <param name="arguments">The folder of the lab; the ports are in its services.json.</param>
    /// <param name="cancel">Ends the process.</param>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        string folder = arguments[0];
        ServicePorts ports = JsonSerializer.Deserialize<ServicePorts>(File.ReadAllText(Path.Combine(folder, ServicesProcess.FileName)))!;
        using MetricSink metrics = new(ports.Metrics, ServicesProcess.MetricsSocket(folder), Path.Combine(folder, ServicesProcess.MetricsFile));
        using FaultProxy storage = new(ports.Storage, ports.StorageServer);
        using SilentListener silent = new(ports.Silent);
        using DeafListener deaf = await DeafListener.StartAsync(ports.Deaf, cancel);
        WebhookSink webhooks = new(Path.Combine(folder, ServicesProcess.WebhooksFile));
        // The lab is on record when all of it is up.
        DatadogApi datadog = new(new Lazy<DatadogKeys>(() => LabCoordinates.Read(folder).Datadog, LazyThreadSafetyMode.PublicationOnly));
        await using FaultDoor door = new(folder, storage, webhooks);
        storage.Start();

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{ports.Keys}");
        app.Urls.Add($"http://127.0.0.1:{ports.Webhooks}");
        app.Urls.Add($"http://127.0.0.1:{ports.Datadog}");
        app.Run(context => context.Connection.LocalPort == ports.Webhooks ? webhooks.AnswerAsync(context)
            : context.Connection.LocalPort == ports.Datadog ? datadog.AnswerAsync(context)
            : context.Request.Path.StartsWithSegments("/lab") ? door.AnswerAsync(context)
            : TransitKeys.AnswerAsync(context));
        await app.StartAsync(cancel);
        Console.WriteLine("services are up");
        Task running = await Task.WhenAny(metrics.RunAsync(cancel), storage.RunAsync(cancel));
        await app.StopAsync(CancellationToken.None);
        await running;
        return 0;
    }
}
