namespace AcodeOps.Lab.Driver.Packaging;

/// <summary><c>package</c>: leaves the importable module in <c>out/AcodeOps</c>, the gallery package and the zip beside it.</summary>
internal sealed class PackageVerb : IVerb
{
    public string Name => "package";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        await new ModulePackage(repository).MakeAsync(built: false, cancel);
        if (!arguments.Contains("--quiet"))
        {
            Show(repository.Out, repository.Module, Directory.EnumerateFiles(repository.Module, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
            foreach (FileInfo file in new DirectoryInfo(repository.Out).EnumerateFiles("AcodeOps.*").OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                Show(repository.Out, file.FullName, file.Length);
            }
        }

        return 0;
    }

    private static void Show(string beside, string path, long bytes) =>
        Console.WriteLine($"{Path.Combine("out", Path.GetRelativePath(beside, path)),-32} {bytes / 1e6:0.0} MB");
}
