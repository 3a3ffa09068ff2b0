using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>One server of each flavor that the tests of a collection may start anew and burden, one test after the other; each leaves it running.</summary>
public sealed class OwnServers(LabFixture lab)
{
    public const string Collection = "measured servers";

    private readonly Dictionary<DatabaseFlavor, Task<DatabasePair>> _pairs = [];

    public async Task<DatabaseServer> ServerAsync(DatabaseFlavor flavor)
    {
        lock (_pairs)
        {
            if (!_pairs.ContainsKey(flavor))
            {
                _pairs[flavor] = lab.StartPairAsync(flavor);
            }
        }

        return (await _pairs[flavor]).Primary;
    }
}

/// <summary>Tests on these servers run one after the other.</summary>
[CollectionDefinition(OwnServers.Collection)]
public sealed class OwnServersCollection : ICollectionFixture<OwnServers>;
