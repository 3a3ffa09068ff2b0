using System.Diagnostics;
using System.Globalization;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// The guide's damage assessment against a lab: SELECT 1 on both sources, the state of replication and a listing of the bucket, with the real
/// client programs and one after another. The passwords are in private files, not among the arguments as the guide has them.
/// </summary>
internal sealed class GuideCommands
{
    private static readonly PackageTree Tools = PackageTrees.GuideTools;
    private readonly string _folder;
    private readonly (IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment)[] _commands;

    /// <param name="lab">A lab with storage; the password files go into its folder and end with it.</param>
    public GuideCommands(LabSite lab)
    {
        _folder = lab.Folder;
        Dictionary<string, string> aws = new(Tools.PythonEnvironment)
        {
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(lab.Folder, LabEnvironmentFile.CredentialsFileName),
            ["AWS_PROFILE"] = LabEnvironmentFile.Profile,
            ["AWS_REGION"] = StorageBuckets.Region,
        };
        _commands =
        [
            (MySql(lab.Databases.Primary, "SELECT 1;"), null),
            (MySql(lab.Databases.Replica, "SELECT 1;"), null),
            (MySql(lab.Databases.Replica, "SHOW REPLICA STATUS;"), null),
            (Tools.PythonCommand(Tools.File("usr/bin/aws"), "--endpoint-url", lab.StorageEndpoint, "s3", "ls", $"s3://{StorageBuckets.Primary}/"), aws),
        ];
    }

    public int Count => _commands.Length;

    /// <summary>How long all of them took, in milliseconds.</summary>
    public async Task<double> RunAsync(CancellationToken cancel)
    {
        long began = Stopwatch.GetTimestamp();
        foreach ((IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment) in _commands)
        {
            ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), cancel, _folder, environment: environment);
            if (run.ExitCode != 0 || run.Output.Length == 0)
            {
                throw new DriverException($"A command of the guide failed with code {run.ExitCode}: {run.Tail(2)}");
            }
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private IReadOnlyList<string> MySql(DatabaseServer server, string sql)
    {
        string options = Path.Combine(_folder, $"client-{server.Name}.cnf");
        PrivateFile.Write(options, $"[client]\npassword={server.Reader.Password}\n");
        return Tools.Command(
            "usr/bin/mysql", $"--defaults-extra-file={options}", "-h", "127.0.0.1", "-P", server.Port.ToString(CultureInfo.InvariantCulture), "-u", server.Reader.User, "-e", sql);
    }
}
