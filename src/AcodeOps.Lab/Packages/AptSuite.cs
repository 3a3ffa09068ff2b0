namespace AcodeOps.Lab.Packages;

/// <summary>
/// One Debian suite seen through an apt configuration of our own: lists, cache and state are in the lab's cache folder and its system is empty,
/// so that a resolution brings every dependency. The machine's own packages, lists and caches are neither used nor changed; no root is needed.
/// </summary>
internal sealed class AptSuite(string suite)
{
    private static readonly TimeSpan ListsStayFresh = TimeSpan.FromMinutes(30);
    private readonly string _folder = LabCache.Folder(Path.Combine("apt", suite));

    private string ConfigurationFile => Path.Combine(_folder, "apt.conf");

    /// <summary>Brings the package lists, unless another process has just done so.</summary>
    public async Task UpdateAsync(CancellationToken cancel)
    {
        using IDisposable _ = await FileLock.TakeAsync(_folder + ".lock", cancel);
        string stamp = Path.Combine(_folder, "updated");
        if (File.Exists(stamp) && DateTime.UtcNow - File.GetLastWriteTimeUtc(stamp) < ListsStayFresh)
        {
            return;
        }

        WriteConfiguration(DebianMirror.OfThisMachine());
        ToolRun run = await AptGetAsync(["update"], cancel);
        // apt-get update answers 0 when a list could not be fetched, and only warns.
        if (run.ExitCode != 0 || run.Errors.Contains("Failed to fetch", StringComparison.Ordinal))
        {
            throw new LabException($"The package lists of Debian {suite} could not be fetched: check the network and the machine's apt sources ({run.Tail(2)}).");
        }

        File.WriteAllText(stamp, "");
    }

    /// <summary>The packages and all they need, as name=version.</summary>
    public async Task<IReadOnlyList<string>> ResolveAsync(IEnumerable<string> packages, CancellationToken cancel)
    {
        ToolRun run = await AptGetAsync(["install", "-s", .. packages], cancel);
        // Inst NAME (VERSION Debian:unstable [amd64])
        string[] resolved = [.. run.Output.Split('\n').Where(l => l.StartsWith("Inst ", StringComparison.Ordinal)).Select(l => l.Split(' ')).Select(w => $"{w[1]}={w[2].TrimStart('(')}")];
        return run.ExitCode == 0 && resolved.Length > 0
            ? resolved
            : throw new LabException($"Debian {suite} cannot give {string.Join(", ", packages)} at the moment: try again later ({run.Tail(3)}).");
    }

    /// <summary>Downloads into the folder; apt checks the hashes.</summary>
    public async Task DownloadAsync(IReadOnlyList<string> packages, string into, CancellationToken cancel)
    {
        Directory.CreateDirectory(into);
        ToolRun run = await AptGetAsync(["download", .. packages], cancel, into);
        if (run.ExitCode != 0)
        {
            File.Delete(Path.Combine(_folder, "updated"));
            throw new LabException($"Packages of Debian {suite} could not be downloaded: check the network and start again ({run.Tail(2)}).");
        }
    }

    private Task<ToolRun> AptGetAsync(IEnumerable<string> arguments, CancellationToken cancel, string? folder = null) =>
        ToolRun.RunAsync("apt-get", ["-q", "-c", ConfigurationFile, .. arguments], cancel, folder ?? _folder);

    private void WriteConfiguration(DebianMirror mirror)
    {
        foreach (string name in new[] { "state/lists/partial", "cache/archives/partial", "log" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        File.WriteAllText(Path.Combine(_folder, "status"), "");
        File.WriteAllText(Path.Combine(_folder, "sources.list"), $"deb [signed-by={mirror.Keyring}] {mirror.Address} {suite} main\n");
        // The machine's own configuration is read before this one (it may hold a proxy); its hooks and its cache switches must not act here.
        File.WriteAllText(ConfigurationFile, $$"""
            #clear APT::Update::Pre-Invoke;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            #clear APT::Default-Release;
            Dir::Etc::sourcelist "{{_folder}}/sources.list";
            Dir::Etc::sourceparts "/dev/null";
            Dir::Etc::preferences "/dev/null";
            Dir::Etc::preferencesparts "/dev/null";
            Dir::State "{{_folder}}/state";
            Dir::State::status "{{_folder}}/status";
            Dir::Cache "{{_folder}}/cache";
            Dir::Cache::pkgcache "pkgcache.bin";
            Dir::Cache::srcpkgcache "srcpkgcache.bin";
            Dir::Log "{{_folder}}/log";
            APT::Install-Recommends "false";
            APT::Sandbox::User "root";
            Acquire::Languages "none";
            Acquire::Retries "3";
            Acquire::http::Timeout "30";
            Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";

            """);
    }
}
