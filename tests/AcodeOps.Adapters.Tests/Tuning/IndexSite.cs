using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Secrets;
using AcodeOps.Tuning.Indexes;
using AcodeOps.Tuning.Settings;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>An installation of which only the backup exists, with whoever may make indexes there.</summary>
internal sealed class IndexSite : PartialInstallation
{
    private static readonly CredentialReference Administrator = new(CredentialHolder.SecretsManager, "acode/mysql/administrator");

    private readonly MySqlSource _source;
    private readonly SourceDefinition _definition;
    private readonly DatabaseLogin _reader;
    private readonly DatabaseLogin _administrator;

    public IndexSite(int port, string database, DatabaseLogin reader, DatabaseLogin administrator, bool namesAdministrator = true)
    {
        (_reader, _administrator) = (reader, administrator);
        _definition = SourceUnderTest.Definition("127.0.0.1", port, reader.User, database) with { Role = SourceRole.Backup, Administrator = namesAdministrator ? Administrator : null };
        Environment = SourceUnderTest.Environment("UTC") with { Sources = [_definition] };
        _source = SourceUnderTest.Open(_definition, new OneCredential(reader.Password));
    }

    public IndexSite(DatabasePair pair, bool namesAdministrator = true)
        : this(pair.Replica.Port, pair.Replica.Database, pair.Replica.Reader, pair.Accounts.Admin, namesAdministrator)
    {
    }

    public override AcodeEnvironment Environment { get; }

    public override ICredentialStore Credentials => new Both(this);

    public override ISource Source(SourceRole role) => _source;

    public override IServerAdministration Administration(SourceRole role) => new MySqlAdministration(_definition);

    /// <summary>Makes an index of a table that is filled as <see cref="SalesTable"/> does.</summary>
    public Task<IndexResult> BuildAsync(string table, string[] columns, CancellationToken cancel, int maximumLagSeconds = 30, string? name = null) => new IndexBuilder(this, SourceRole.Backup).BuildAsync(
        new IndexDefinition { Table = SalesTable.Definition(table), Columns = columns, Name = name }, TimeSpan.FromSeconds(maximumLagSeconds), null, cancel);

    /// <summary>Waits until the replica says that it is not behind: that may be a moment after it has applied all.</summary>
    public async Task UntilInStepAsync(CancellationToken cancel)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while ((await _source.ReadReplicationAsync(patience.Token)).Any(channel => channel.LagSeconds != 0))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    public Task<IndexedTable> ReadAsync(string table, CancellationToken cancel) => ReadOneAsync(table, cancel);

    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task<IndexedTable> ReadOneAsync(string table, CancellationToken cancel) => (await _source.Indexes.ReadAsync([SalesTable.Definition(table)], cancel)).Tables[0];

    private sealed class Both(IndexSite site) : ICredentialStore
    {
        public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel)
        {
            DatabaseLogin login = reference == Administrator ? site._administrator : site._reader;
            return Task.FromResult(new Credential { Reference = reference, UserName = login.User, Password = new SecretText(login.Password) });
        }

        public void Forget(CredentialReference reference)
        {
        }

        public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new InvalidOperationException("Nothing is written here.");
    }
}
