using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Databases;

[assembly: AssemblyFixture(typeof(LabFixture))]

namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>Real servers that tests share; each starts when the first test asks for it, and all end with the run.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    private static readonly string Parent = Path.Combine(Path.GetTempPath(), "acodeops-tests-" + Environment.UserName);
    private readonly List<LabFolder> _folders = [];
    private readonly Dictionary<DatabaseFlavor, Task<DatabasePair>> _pairs = [];
    private readonly Dictionary<DatabaseFlavor, Task<LabSite>> _sites = [];
    private readonly Dictionary<(Type Tests, LabOptions Options), Task<LabSite>> _ownSites = [];
    private readonly List<LabSite> _startedSites = [];

    public PackageInstaller Installer { get; } = new(line => TestContext.Current.SendDiagnosticMessage(line));

    public async ValueTask InitializeAsync() => await LabFolder.SweepAsync(Parent);

    /// <summary>The shared pair. A test may write its own tables, and must not stop or break the servers.</summary>
    public Task<DatabasePair> PairAsync(DatabaseFlavor flavor)
    {
        lock (_pairs)
        {
            return _pairs.TryGetValue(flavor, out Task<DatabasePair>? pair) ? pair : _pairs[flavor] = StartPairAsync(flavor);
        }
    }

    /// <summary>The shared whole lab: 5,000 sales of 10 days. A test may write its own objects and secrets, and must not stop or break anything.</summary>
    public Task<LabSite> SiteAsync(DatabaseFlavor flavor)
    {
        lock (_sites)
        {
            return _sites.TryGetValue(flavor, out Task<LabSite>? site) ? site : _sites[flavor] = NewSiteAsync(new LabOptions { Flavor = flavor, Rows = 5_000, Days = 10 });
        }
    }

    /// <summary>A whole lab of the test's own, for tests that break it; it ends with the run at the latest.</summary>
    public async Task<LabSite> NewSiteAsync(LabOptions options)
    {
        LabSite site = await LabSite.StartAsync(options with { Folder = NewPath() }, line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);
        lock (_startedSites)
        {
            _startedSites.Add(site);
        }

        return site;
    }

    /// <summary>A whole lab for the tests of one class, which come one after the other: each leaves nothing that the next would mind.</summary>
    public Task<LabSite> SiteOfAsync(Type tests, LabOptions options)
    {
        lock (_ownSites)
        {
            return _ownSites.TryGetValue((tests, options), out Task<LabSite>? site) ? site : _ownSites[(tests, options)] = NewSiteAsync(options);
        }
    }

    /// <summary>A pair of the test's own, for tests that break it.</summary>
    public async Task<OwnPair> NewPairAsync(DatabaseFlavor flavor)
    {
        LabFolder folder = await NewFolderAsync();
        return new OwnPair(folder, await StartPairAsync(folder, flavor));
    }

    /// <summary>A pair for several tests; it ends with the run.</summary>
    internal async Task<DatabasePair> StartPairAsync(DatabaseFlavor flavor) => await StartPairAsync(await NewFolderAsync(), flavor);

    /// <summary>A folder that is ended and deleted with the run, also when the run is killed (by the next run).</summary>
    public async Task<LabFolder> NewFolderAsync()
    {
        LabFolder folder = await LabFolder.ClaimAsync(NewPath());
        lock (_folders)
        {
            _folders.Add(folder);
        }

        return folder;
    }

    public static string NewPath() => Path.Combine(Parent, Path.GetRandomFileName());

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_startedSites.Select(s => s.DisposeAsync().AsTask()).Concat(_folders.Select(EndAsync)));

        static async Task EndAsync(LabFolder folder)
        {
            await folder.EndProcessesAsync();
            folder.Delete();
        }
    }

    private async Task<DatabasePair> StartPairAsync(LabFolder folder, DatabaseFlavor flavor)
    {
        DatabasePair pair = new(folder.Path, flavor, DatabaseAccounts.New(), LoopbackPort.Free(), LoopbackPort.Free());
        await pair.CreateAsync(Installer, TestContext.Current.CancellationToken);
        return pair;
    }
}
