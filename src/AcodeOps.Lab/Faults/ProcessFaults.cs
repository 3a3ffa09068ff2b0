using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Lab.Faults;

/// <summary>Servers that die, freeze or swallow what is sent to them.</summary>
internal static class ProcessFaults
{
    private const string Servers = "primary|replica|storage|cloud|airbyte";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<LabFault> All { get; } =
    [
        new("kill", Servers, "the server is killed without goodbye; connecting is refused",
            async (lab, a, _) => await Task.WhenAll(Of(lab, a).Select(p => p.KillAsync())), (lab, a, c) => StartAsync(lab, a[0], c)),
        new("stop", Servers, "the server is shut down in order; connecting is refused",
            async (lab, a, _) => await Task.WhenAll(Of(lab, a).Select(p => p.StopAsync(StopPatience))), (lab, a, c) => StartAsync(lab, a[0], c)),
        new("pause", Servers, "the server is frozen: its port takes connections and nothing answers",
            (lab, a, _) => ForEach(lab, a, p => p.Pause()), (lab, a, _) => ForEach(lab, a, p => p.Continue())),
        new("black-hole", "primary|replica [deaf|silent]", "the server is gone and its port is a black hole: connecting never ends (deaf), or it is taken and never answered (silent)",
            BlackHoleAsync, EndBlackHoleAsync),
    ];

    private static IReadOnlyList<ServerProcess> Of(LabSite lab, string[] arguments) => LabFaults.Argument(arguments, 0, Servers.Split('|')) switch
    {
        "storage" => lab.Storage.Processes,
        "cloud" => [lab.Cloud.Process],
        "airbyte" => [lab.Airbyte.Process],
        _ => [Source(lab, arguments).Process],
    };

    private static DatabaseServer Source(LabSite lab, string[] arguments) =>
        LabFaults.Argument(arguments, 0, ["primary", "replica"]) == "primary" ? lab.Databases.Primary : lab.Databases.Replica;

    private static Task ForEach(LabSite lab, string[] arguments, Action<ServerProcess> act)
    {
        foreach (ServerProcess process in Of(lab, arguments))
        {
            act(process);
        }

        return Task.CompletedTask;
    }

    private static async Task StartAsync(LabSite lab, string server, CancellationToken cancel)
    {
        switch (server)
        {
            case "storage":
                await lab.Storage.StartAsync(cancel);
                break;
            case "cloud":
                await lab.Cloud.StartAsync(cancel);
                await lab.PutSecretsAsync(cancel);
                break;
            case "airbyte":
                await lab.Airbyte.StartAsync(cancel);
                break;
            default:
                await Source(lab, [server]).StartAsync(cancel);
                break;
        }
    }

    private static async Task BlackHoleAsync(LabSite lab, string[] arguments, CancellationToken cancel)
    {
        DatabaseServer source = Source(lab, arguments);
        bool deaf = LabFaults.Argument([LabFaults.Argument(arguments, 1, "deaf")], 0, ["deaf", "silent"]) == "deaf";
        await source.Process.KillAsync();
        await lab.Services.OpenBlackHoleAsync(source.Port, deaf, cancel);
    }

    private static async Task EndBlackHoleAsync(LabSite lab, string[] arguments, CancellationToken cancel)
    {
        DatabaseServer source = Source(lab, arguments);
        await lab.Services.CloseBlackHoleAsync(source.Port, cancel);
        await source.StartAsync(cancel);
    }
}
