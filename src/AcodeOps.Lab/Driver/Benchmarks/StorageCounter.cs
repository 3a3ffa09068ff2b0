using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What a count of a bucket's prefix came to.</summary>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Seconds">What it took.</param>
/// <param name="MegaBytes">By how much it has raised the most memory of its shell; null where that is not told.</param>
internal sealed record StorageCount(long Objects, long Bytes, double Seconds, double? MegaBytes = null);

/// <summary>Counts a bucket as a user would.</summary>
internal abstract class StorageCounter(StorageBenchmarkServer server)
{
    public abstract string Name { get; }

    protected StorageBenchmarkServer Server => server;

    public abstract Task<StorageCount> CountAsync(string prefix, CancellationToken cancel);

    protected static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    protected static async Task<(string Output, double Seconds)> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment, CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel, environment: environment);
        return run.ExitCode == 0 ? (run.Output, Stopwatch.GetElapsedTime(began).TotalSeconds) : throw new DriverException($"{command[0]}: {run.Tail()}");
    }
}

/// <summary>The module, in a PowerShell of its own; only the command is timed.</summary>
internal sealed class AcodeCounter(StorageBenchmarkServer server) : StorageCounter(server)
{
    public override string Name => "Get-AcodeMetric";

    public override async Task<StorageCount> CountAsync(string prefix, CancellationToken cancel)
    {
        LabEnvironmentFile.WriteCredentials(Server.Folder, Server.Key);
        string file = Path.Combine(Server.Folder, LabEnvironmentFile.FileName);
        // Only the storage is ever asked.
        PrivateFile.Write(file, $$"""
            environments:
              bench:
                aws:
                  region: {{StorageBuckets.Region}}
                  credential: profile:{{LabEnvironmentFile.Profile}}
                  credentialsFile: {{LabEnvironmentFile.CredentialsFileName}}
                  endpoints: { s3: {{Server.Endpoint}} }
                sources: { primary: { host: 127.0.0.1, credential: "env:NOBODY" } }
                storages: { primary: { bucket: {{StorageBenchmarkServer.Bucket}}, prefix: {{prefix}} } }
                tables: [{ name: nothing }]
                airbyte: { url: "http://127.0.0.1:9" }
                routes: [{ source: primary, storage: primary, connection: none }]

            """);
        string script = $"$null = Get-Command Get-AcodeMetric; $idle = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64; $clock = [Diagnostics.Stopwatch]::StartNew(); $m = Get-AcodeMetric acode.s3_file_count, acode.s3_total_size_bytes -TimeoutSeconds 600 -Environment '{file}'; $s = $clock.Elapsed.TotalSeconds; "
            + "foreach ($name in 'acode.s3_file_count', 'acode.s3_total_size_bytes') { $m | Where-Object Name -eq $name | ForEach-Object { $_.Value.ToString('0', [cultureinfo]::InvariantCulture) } }; $s.ToString([cultureinfo]::InvariantCulture); [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 - $idle";
        string[] told = (await RunAsync(["dotnet", Path.Combine(Repository.Find().Out, "lab", "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-c", script], null, cancel)).Output.Split('\n');
        return new StorageCount(Number(told[0]), Number(told[1]), double.Parse(told[2], CultureInfo.InvariantCulture), Number(told[3]) / 1e6);
    }
}

/// <summary>rclone, with as many listings at once as it makes by itself.</summary>
internal sealed class RcloneCounter(StorageBenchmarkServer server) : StorageCounter(server)
{
    public override string Name => "rclone size";

    public override async Task<StorageCount> CountAsync(string prefix, CancellationToken cancel)
    {
        Dictionary<string, string> remote = new()
        {
            ["RCLONE_CONFIG"] = "/dev/null",
            ["RCLONE_CONFIG_BENCH_TYPE"] = "s3",
            ["RCLONE_CONFIG_BENCH_PROVIDER"] = "Ceph",
            ["RCLONE_CONFIG_BENCH_ENDPOINT"] = Server.Endpoint,
            ["RCLONE_CONFIG_BENCH_ACCESS_KEY_ID"] = Server.Key.AccessKey,
            ["RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY"] = Server.Key.SecretKey,
        };
        (string output, double seconds) = await RunAsync(PackageTrees.BucketTools.Command("usr/bin/rclone", "size", "--json", $"bench:{StorageBenchmarkServer.Bucket}/{prefix}"), remote, cancel);
        using JsonDocument size = JsonDocument.Parse(output);
        return new StorageCount(size.RootElement.GetProperty("count").GetInt64(), size.RootElement.GetProperty("bytes").GetInt64(), seconds);
    }
}

/// <summary>The AWS command line.</summary>
internal sealed class AwsCounter(StorageBenchmarkServer server) : StorageCounter(server)
{
    public override string Name => "aws s3 ls --recursive --summarize";

    public override async Task<StorageCount> CountAsync(string prefix, CancellationToken cancel)
    {
        LabEnvironmentFile.WriteCredentials(Server.Folder, Server.Key);
        Dictionary<string, string> aws = new(PackageTrees.BucketTools.PythonEnvironment)
        {
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Server.Folder, LabEnvironmentFile.CredentialsFileName),
            ["AWS_PROFILE"] = LabEnvironmentFile.Profile,
            ["AWS_REGION"] = StorageBuckets.Region,
        };
        IReadOnlyList<string> command = PackageTrees.BucketTools.PythonCommand(
            PackageTrees.BucketTools.File("usr/bin/aws"), "--endpoint-url", Server.Endpoint, "s3", "ls", "--recursive", "--summarize", $"s3://{StorageBenchmarkServer.Bucket}/{prefix}");
        (string output, double seconds) = await RunAsync(["/bin/bash", "-c", "set -o pipefail; \"$@\" | tail -n 2", "bash", .. command], aws, cancel);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new StorageCount(Number(lines[0].Split(':')[1].Trim()), Number(lines[1].Split(':')[1].Trim()), seconds);
    }
}

/// <summary>s3cmd, another of Debian's programs for S3.</summary>
internal sealed class S3cmdCounter(StorageBenchmarkServer server) : StorageCounter(server)
{
    public override string Name => "s3cmd du";

    public override async Task<StorageCount> CountAsync(string prefix, CancellationToken cancel)
    {
        string host = new Uri(Server.Endpoint).Authority, file = Path.Combine(Server.Folder, "s3cmd.cfg");
        PrivateFile.Write(file, $"[default]\naccess_key = {Server.Key.AccessKey}\nsecret_key = {Server.Key.SecretKey}\nhost_base = {host}\nhost_bucket = {host}\nuse_https = False\n");
        IReadOnlyList<string> command = PackageTrees.BucketTools.PythonCommand(PackageTrees.BucketTools.File("usr/bin/s3cmd"), "-c", file, "du", $"s3://{StorageBenchmarkServer.Bucket}/{prefix}");
        (string output, double seconds) = await RunAsync(command, PackageTrees.BucketTools.PythonEnvironment, cancel);
        // BYTES COUNT objects ADDRESS
        string[] words = output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new StorageCount(Number(words[1]), Number(words[0]), seconds);
    }
}
