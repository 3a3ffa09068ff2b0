using System.Collections.Concurrent;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Module.Tests.Access;
using AcodeOps.Module.Tests.EndToEnd;

[assembly: AssemblyFixture(typeof(SharedSites))]

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>One whole lab for each collection and flavor, shared by all tests of the collection; it starts when the first test asks for it, and ends with the run.</summary>
public sealed class SharedSites : IAsyncLifetime
{
    /// <summary>The collection whose tests use the labs one after the other: they break them, and mend them.</summary>
    public const string Collection = "whole labs";

    /// <summary>A second one, with labs of its own: the two run at the same time.</summary>
    public const string OtherCollection = "other whole labs";

    private static readonly string Parent = Path.Combine(Path.GetTempPath(), "acodeops-tests-" + Environment.UserName);
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(string Collection, DatabaseFlavor Flavor), LabSite> _sites = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await LabFolder.SweepAsync(Parent);

    /// <summary>Whether the labs' environments use a user who may do only what the roles' policies say; not for tests that set policies themselves.</summary>
    public bool ImposesPolicies { get; init; } = RolePolicies.AreImposed;

    /// <summary>The lab of a flavor without any fault: the module itself has found it well.</summary>
    public async Task<LabSite> HealthyAsync(DatabaseFlavor flavor)
    {
        // The tests of a collection come one after the other: nobody else asks for its labs at the same time.
        (string, DatabaseFlavor) key = (TestContext.Current.TestCollection!.TestCollectionDisplayName, flavor);
        if (!_sites.TryGetValue(key, out LabSite? site))
        {
            LabOptions options = new() { Flavor = flavor, Rows = 2_000, Days = 10, Folder = Path.Combine(Parent, Path.GetRandomFileName()) };
            site = _sites[key] = await LabSite.StartAsync(options, line => TestContext.Current.SendDiagnosticMessage(line), Cancel);
            if (ImposesPolicies)
            {
                await RolePolicies.ImposeAsync(site, Cancel);
            }
        }

        await LabFaults.ClearAsync(site, null, Cancel);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Recovery);
        using LabSession session = new(site);
        while (true)
        {
            ErrorRecord? failure = BringBack(session);
            IReadOnlyList<SeenCheck> seen = session.Checks();
            if (failure is null && seen.All(c => c.Verdict == "Healthy"))
            {
                return site;
            }

            // A new lab has rehearsed nothing yet: it does so once, as an installation would.
            if (failure is null && seen.All(c => c.Verdict == "Healthy" || c.Component == "Drill"))
            {
                session.Run("Start-AcodeDisasterRecovery -Drill -Confirm:$false").Clean();
                continue;
            }

            // A replica takes its time to come back to a primary that was away.
            Assert.False(limit.IsCancellationRequested, $"The lab does not become healthy. {failure}\n{SeenCheck.Unhealthy(seen)}");
            await Task.Delay(500, Cancel);
        }
    }

    // Whatever a test has left: nothing unfinished stays, and the lab's first route writes again.
    private static ErrorRecord? BringBack(LabSession session) => session.Run("""
        $ErrorActionPreference = 'Stop'
        Get-AcodeRunbook -Unfinished | ForEach-Object { $null = Undo-AcodeRunbook $_.RunId -Confirm:$false }
        Invoke-AcodeFailover -Acknowledge -Confirm:$false | Out-Null
        if ((Get-AcodeRoute -Active).Name -ne 'primary') { $null = Invoke-AcodeFailover primary -Confirm:$false }
        """).Failure;

    public async ValueTask DisposeAsync()
    {
        foreach (LabSite site in _sites.Values)
        {
            await site.DisposeAsync();
        }
    }
}
