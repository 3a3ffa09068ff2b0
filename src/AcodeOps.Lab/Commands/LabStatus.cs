using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers;

namespace AcodeOps.Lab.Commands;

internal sealed class LabStatus : IVerb
{
    public string Name => "status";

    public Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        LabSite lab = LabSite.Attach(new LabArguments(arguments, ["--folder"], []).Folder);
        Print(lab);
        return Task.FromResult(lab.Processes.All(p => p.IsAlive) ? 0 : 1);
    }

    public static void Print(LabSite lab)
    {
        Console.WriteLine($"{lab.Coordinates.Options.Flavor} lab in {lab.Folder}");
        Line("primary", $"127.0.0.1:{lab.Databases.Primary.Port}/{lab.Databases.Primary.Database}", lab.Databases.Primary.Process);
        Line("replica", $"127.0.0.1:{lab.Databases.Replica.Port}/{lab.Databases.Replica.Database}", lab.Databases.Replica.Process);
        Line("S3", lab.StorageEndpoint, lab.Storage.Processes[0]);
        Line("AWS", lab.Cloud.Endpoint, lab.Cloud.Process);
        Line("Airbyte", lab.Airbyte.Endpoint, lab.Airbyte.Process);
        Line("webhooks", $"http://127.0.0.1:{lab.Coordinates.Services.Webhooks}", lab.Services.Process);
        Line("DogStatsD", $"udp 127.0.0.1:{lab.Coordinates.Services.Metrics}", lab.Services.Process);
        if (File.Exists(Path.Combine(lab.Folder, LabEnvironmentFile.FileName)))
        {
            Console.WriteLine($"  connect:   Connect-AcodeEnvironment {Path.Combine(lab.Folder, LabEnvironmentFile.FileName)}");
        }

        foreach (ActiveFault fault in ActiveFault.Read(lab.Folder))
        {
            Console.WriteLine($"  fault: {fault}");
        }
    }

    private static void Line(string name, string where, ServerProcess process) =>
        Console.WriteLine($"  {name,-10} {where,-50} {(process.Identity is { IsAlive: true } alive ? "process " + alive.Pid : "not running")}");
}
