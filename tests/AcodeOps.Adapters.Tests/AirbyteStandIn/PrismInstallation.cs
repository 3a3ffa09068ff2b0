using System.Runtime.InteropServices;
using AcodeOps.Lab;
using AcodeOps.Lab.Packages;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>Prism, the validating proxy for API documents, in the cache of the lab.</summary>
internal static class PrismInstallation
{
    private const string Package = "@stoplight/prism-cli";
    private const string Version = "5.14.2";

    // Prism needs a Node.js that can require ES modules; Debian's own is older than that.
    private const string NodeVersion = "22.23.3";
    private static readonly string[] NodePackages = ["nodejs", "npm"];

    private static readonly string NodePackage = $"node-linux-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    private static string Folder => LabCache.Folder($"prism-{Version}-node-{NodeVersion}");

    private static string Program => Path.Combine(Folder, "node_modules", "@stoplight", "prism-cli", "dist", "index.js");

    private static string Node => Path.Combine(Folder, "node_modules", NodePackage, "bin", "node");

    /// <summary>node and the program's first argument; installs what is missing and says so.</summary>
    /// <exception cref="LabException">npm is missing, or failed.</exception>
    public static async Task<IReadOnlyList<string>> CommandAsync(Action<string> say, CancellationToken cancel)
    {
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
            ToolRun run = await ToolRun.RunAsync(npm, ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", unfinished, $"{Package}@{Version}", $"{NodePackage}@{NodeVersion}"], cancel);
            if (run.ExitCode != 0)
            {
                throw new LabException($"npm could not install {Package} {Version}: {run.Tail(3)}");
            }

            Directory.Move(unfinished, Folder);
        }

        return [Node, Program];
    }
}
