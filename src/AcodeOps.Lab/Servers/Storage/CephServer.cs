using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Storage;

/// <summary>A real S3 server: Ceph's gateway with one monitor and one disk server.</summary>
public sealed class CephServer
{
    /// <summary>Who owns the buckets.</summary>
    public const string User = "acode";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string _folder;
    private readonly int _keysPort;
    private readonly ServerProcess _monitor, _disks, _gateway;

    /// <param name="labFolder">The folder of the lab.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="keysPort">Where the key service for encryption is.</param>
    public CephServer(string labFolder, StoragePorts ports, int keysPort)
    {
        _folder = Path.Combine(labFolder, "storage");
        _keysPort = keysPort;
        Ports = ports;
        string run = Path.Combine(labFolder, "run");
        _monitor = new ServerProcess(run, "storage-monitor");
        _disks = new ServerProcess(run, "storage-disks");
        _gateway = new ServerProcess(run, "storage-gateway");
    }

    public StoragePorts Ports { get; }

    /// <summary>The size of its sparse disk.</summary>
    public long DiskBytes { get; init; } = 10L << 30;

    /// <summary>The gateway itself, without the fault proxy.</summary>
    public string Endpoint => $"http://127.0.0.1:{Ports.Gateway}";

    public IReadOnlyList<ServerProcess> Processes => [_gateway, _disks, _monitor];

    private static PackageTree Tree => PackageTrees.Ceph;

    private string ConfigurationFile => Path.Combine(_folder, "ceph.conf");

    /// <summary>Makes the cluster and its user with these keys, and starts it.</summary>
    public async Task CreateAsync(IReadOnlyList<StorageKey> keys, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mon"));
        Directory.CreateDirectory(Path.Combine(_folder, "osd"));
        string cluster = Guid.NewGuid().ToString(), monitors = Path.Combine(_folder, "monmap"), disks = Path.Combine(_folder, "osdmap");
        await File.WriteAllTextAsync(ConfigurationFile, CephConfiguration.Text(_folder, cluster, Ports, _keysPort, DiskBytes), cancel);
        // The monitor's first maps: itself, and a disk map that has the one disk already.
        await RunAsync("monmaptool", ["--create", "--fsid", cluster, "--addv", "a", $"[v2:127.0.0.1:{Ports.Monitor}]", monitors], cancel);
        await RunAsync("osdmaptool", ["--createsimple", "1", "--clobber", disks], cancel);
        await Task.WhenAll(
            RunAsync("ceph-mon", ["-i", "a", "--mkfs", "--monmap", monitors, "--osdmap", disks], cancel),
            RunAsync("ceph-osd", ["-i", "0", "--mkfs", "--no-mon-config", "--monmap", monitors, "--osd-uuid", Guid.NewGuid().ToString()], cancel));
        StartCluster();
        await AdministerAsync(
            ["user", "create", $"--uid={User}", $"--display-name={User}", $"--access-key={keys[0].AccessKey}", $"--secret-key={keys[0].SecretKey}", "--caps=roles=*;user-policy=*;users=*;buckets=*"], cancel);
        await Task.WhenAll(StartGatewayAsync(cancel), AddKeysAsync());

        async Task AddKeysAsync()
        {
            foreach (StorageKey key in keys.Skip(1))
            {
                await AddKeyAsync(new StorageUser(User, key), cancel);
            }
        }
    }

    /// <summary>Starts it again on the data that it had.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        StartCluster();
        await StartGatewayAsync(cancel);
    }

    /// <summary>SIGKILL for all its parts at once; the data stays.</summary>
    public Task KillAsync() => Task.WhenAll(Processes.Select(p => p.KillAsync()));

    /// <summary>Gives a user one more pair of keys.</summary>
    public Task AddKeyAsync(StorageUser user, CancellationToken cancel) =>
        AdministerAsync(["key", "create", $"--uid={user.Name}", "--key-type=s3", $"--access-key={user.Key.AccessKey}", $"--secret-key={user.Key.SecretKey}"], cancel);

    /// <summary>Takes a key away: requests signed with it are refused from then on.</summary>
    public Task RemoveKeyAsync(StorageUser user, CancellationToken cancel) =>
        AdministerAsync(["key", "rm", $"--uid={user.Name}", "--key-type=s3", $"--access-key={user.Key.AccessKey}"], cancel);

    /// <summary>Makes one more user, who owns nothing and may do what a policy says.</summary>
    public async Task AddUserAsync(string name, StorageKey key, CancellationToken cancel)
    {
        await AdministerAsync(["user", "create", $"--uid={name}", $"--display-name={name}", $"--access-key={key.AccessKey}", $"--secret-key={key.SecretKey}"], cancel);

        // On S3 an object belongs to its bucket's owner, here to who wrote it: without this the owner could not read it.
        await AdministerAsync(["user", "modify", $"--uid={User}", "--admin"], cancel);
    }

    private void StartCluster()
    {
        Start(_monitor, "ceph-mon", "-i", "a");
        Start(_disks, "ceph-osd", "-i", "0");
    }

    private async Task StartGatewayAsync(CancellationToken cancel)
    {
        Start(_gateway, "radosgw", "-n", "client.rgw");
        await _gateway.WaitUntilAsync(AnswersAsync, StartPatience, cancel);
    }

    private void Start(ServerProcess process, string program, params string[] arguments)
    {
        if (!process.IsAlive)
        {
            process.Start(Tree.Command("usr/bin/" + program, ["-c", ConfigurationFile, "-f", .. arguments]));
        }
    }

    private Task AdministerAsync(IEnumerable<string> arguments, CancellationToken cancel) => RunAsync("radosgw-admin", ["-n", "client.rgw", .. arguments], cancel);

    private async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        IReadOnlyList<string> command = Tree.Command("usr/bin/" + program, ["-c", ConfigurationFile, .. arguments]);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(StartPatience);
        try
        {
            ToolRun run = await ToolRun.RunAsync(command[0], command.Skip(1), limit.Token, _folder);
            if (run.ExitCode != 0)
            {
                throw new LabException($"{program} failed: {run.Tail(3)} (logs: {_folder}).");
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new LabException($"{program} did not end within {StartPatience.TotalSeconds:0} s (logs: {_folder} and {_monitor.LogFile}).");
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(Endpoint, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
