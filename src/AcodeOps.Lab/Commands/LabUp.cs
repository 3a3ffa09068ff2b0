using System.Diagnostics;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Lab.Commands;

internal sealed class LabUp : IVerb
{
    public string Name => "up";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        LabArguments given = new(arguments, ["--folder", "--flavor", "--rows", "--days", "--seed"], ["--indexes"]);
        LabOptions options = new();
        options = options with
        {
            Folder = Path.GetFullPath(given.Folder),
            Flavor = (given.Text("--flavor") ?? "mysql") switch
            {
                "mysql" => DatabaseFlavor.MySql,
                "mariadb" => DatabaseFlavor.MariaDb,
                string other => throw new LabException($"--flavor {other}: mysql or mariadb."),
            },
            Rows = given.Number("--rows", options.Rows),
            Days = given.Number("--days", options.Days),
            Seed = given.Number("--seed", options.Seed),
            WithIndexes = given.Has("--indexes"),
        };

        if (File.Exists(Path.Combine(options.Folder, LabCoordinates.FileName)) && LabSite.Attach(options.Folder) is var running && running.Processes.Any(p => p.IsAlive))
        {
            Console.WriteLine("already up:");
            LabStatus.Print(running);
            return 0;
        }

        long began = Stopwatch.GetTimestamp();
        LabSite lab = await LabSite.StartAsync(options, Console.WriteLine, cancel);
        lab.Detach();
        LabStatus.Print(lab);
        Console.WriteLine($"up in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        return 0;
    }
}
