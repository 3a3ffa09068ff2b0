using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Lab;

/// <summary>One lab of each flavor for tests that break things and mend them again, one test after the other.</summary>
public sealed class BrokenLabs(LabFixture labs)
{
    private readonly Dictionary<DatabaseFlavor, Task<LabSite>> _sites = [];

    public async Task<LabSite> SiteAsync(DatabaseFlavor flavor)
    {
        lock (_sites)
        {
            if (!_sites.ContainsKey(flavor))
            {
                // Storage and its faults do not depend on the flavor: one of the two labs has it.
                bool whole = flavor == DatabaseFlavor.MariaDb;
                _sites[flavor] = labs.NewSiteAsync(new LabOptions { Flavor = flavor, Rows = 500, Days = 5, WithStorage = whole, WithAirbyte = whole });
            }
        }

        LabSite site = await _sites[flavor];
        await LabFaults.ClearAsync(site, null, TestContext.Current.CancellationToken);
        return site;
    }
}
