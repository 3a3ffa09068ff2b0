namespace AcodeOps.Lab.Commands;

internal sealed class LabDown : IVerb
{
    public string Name => "down";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        LabArguments given = new(arguments, ["--folder"], []);
        if (!LabFolder.IsLab(given.Folder))
        {
            Console.WriteLine($"no lab in {given.Folder}");
            return 0;
        }

        LabFolder folder = LabFolder.Existing(given.Folder);
        int running = folder.Processes.Count(p => p.IsAlive);
        await LabSite.EndAsync(folder);
        Console.WriteLine($"ended {running} processes, deleted {folder.Path}");
        return 0;
    }
}
