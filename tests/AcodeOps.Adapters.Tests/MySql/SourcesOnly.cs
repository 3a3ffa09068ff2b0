using AcodeOps.Adapters.MySql;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.MySql;

/// <summary>An installation of which only the two sources exist, on real servers.</summary>
internal sealed class SourcesOnly : PartialInstallation
{
    private readonly Dictionary<SourceRole, MySqlSource> _sources;

    public SourcesOnly(DatabasePair pair, params TableDefinition[] tables)
        : this(pair, (pair.Primary.Reader, pair.Replica.Reader), tables)
    {
    }

    public SourcesOnly(DatabasePair pair, (DatabaseLogin Primary, DatabaseLogin Backup) logins, params TableDefinition[] tables)
    {
        SourceDefinition primary = SourceUnderTest.Definition(pair.Primary, logins.Primary) with { IsPartners = true };
        SourceDefinition backup = SourceUnderTest.Definition(pair.Replica, logins.Backup);
        Environment = SourceUnderTest.Environment("UTC") with { Sources = [primary, backup], Tables = tables };
        _sources = new()
        {
            [SourceRole.Primary] = SourceUnderTest.Open(primary, new OneCredential(logins.Primary.Password)),
            [SourceRole.Backup] = SourceUnderTest.Open(backup, new OneCredential(logins.Backup.Password)),
        };
    }

    public override AcodeEnvironment Environment { get; }

    public override ISource Source(SourceRole role) => _sources[role];

    public override async ValueTask DisposeAsync()
    {
        foreach (MySqlSource source in _sources.Values)
        {
            await source.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
