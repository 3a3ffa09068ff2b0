using AcodeOps.Lab;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>Prism, the validating proxy for API documents, in the cache of the lab.</summary>
internal static class PrismInstallation
{
    private const string Package = "@stoplight/prism-cli";
    private const string Version = "5.14.2";
    private static readonly string[] NodePackages = ["nodejs", "npm"];

    private static string Folder => LabCache.Folder($"prism-{Version}");

    private static string Program => Path.Combine(Folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js");

    /// <summary>node and the program's first argument; installs what is missing and says so.</summary>
    /// <exception cref="LabException">node or npm is missing, or npm failed.</exception>
    public static async Task<IReadOnlyList<string>> CommandAsync(Action<string> say, CancellationToken cancel)
    {
        string node = await SystemPackages.ProgramAsync("node", NodePackages, say, cancel);
        using IDisposable _ = await FileLock.TakeAsync(Folder + ".lock", cancel);
        if (!File.Exists(Program))
        {
            say($"installing {Package} {Version} by npm into {LabCache.Display(Folder)} …");
            string unfinished = Folder + ".installing";
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            string npm = await SystemPackages.ProgramAsync("npm", NodePackages, say, cancel);
            ToolRun run = await ToolRun.RunAsync(npm, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", unfinished, $"{Package}@{Version}"], cancel);
            if (run.ExitCode != 0)
            {
                throw new LabException($"npm could not install {Package} {Version}: {run.Tail(3)}");
            }

            Directory.Move(unfinished, Folder);
        }

        return [node, Program];
    }
}
