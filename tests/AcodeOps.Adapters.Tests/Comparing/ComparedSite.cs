using System.Globalization;
using AcodeOps.Adapters.Tests.Failover;
using AcodeOps.Comparing;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;

namespace AcodeOps.Adapters.Tests.Comparing;

/// <summary>A site whose daily sales are compared.</summary>
internal sealed class ComparedSite(FailoverSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FailoverSite Site { get; } = site;

    public DatabaseServer Primary => Site.Lab.Databases.Primary;

    public TableDefinition Table => Site.Installation.Environment.Tables.Single(table => table.Name.EndsWith(SalesTables.Daily, StringComparison.Ordinal));

    /// <summary>The lake's objects of the table, without the bucket.</summary>
    public string Folder(DataDifference result) =>
        result.To[(result.To.IndexOf(Store.Definition.Bucket, StringComparison.Ordinal) + Store.Definition.Bucket.Length + 1)..];

    public IObjectStore Store => Site.Installation.Storage(StorageRole.Primary);

    public Task<DataDifference> CompareAsync(bool withValues = false, bool replica = false, long mostRows = 100_000, TableDefinition? table = null, IInstallation? installation = null) =>
        new DataComparer(installation ?? Site.Installation).CompareAsync(
            new ComparisonRequest { Tables = [table ?? Table], Source = replica ? null : SourceRole.Primary, IsOfReplica = replica, IncludesValues = withValues, MostRows = mostRows, TimeoutSeconds = 60 },
            Cancel).SingleAsync(Cancel).AsTask();

    public Task ExecuteAsync(string sql) => Primary.ExecuteAsync(sql, Cancel, Primary.Database);

    public Task ExecuteOnReplicaAsync(string sql)
    {
        DatabaseServer replica = Site.Lab.Databases.Replica;
        string readOnly = Site.Lab.Databases.Engine.ReadOnlyVariable;
        return replica.ExecuteAsync($"SET GLOBAL {readOnly}=OFF; SET SESSION sql_log_bin=0; {sql.TrimEnd(';')}; SET GLOBAL {readOnly}=ON", Cancel, replica.Database);
    }

    public Task<Guid> ConnectionAsync() => Site.ConnectionAsync(Site.Installation.Environment.Routes[0].Connection);

    public async Task SyncAsync() => await Site.SyncApartAsync(await ConnectionAsync());

    /// <summary>A row like another one, under another key.</summary>
    public static string InsertLike(long key, long like, string set) => string.Create(CultureInfo.InvariantCulture,
        $"CREATE TEMPORARY TABLE made AS SELECT * FROM {SalesTables.Daily} WHERE idpk = {like}; UPDATE made SET idpk = {key}{(set.Length > 0 ? ", " + set : "")}; INSERT INTO {SalesTables.Daily} SELECT * FROM made; DROP TEMPORARY TABLE made;");

    /// <summary>Fails unless just these rows differ.</summary>
    public static void AssertRows(DataDifference result, params (RowDifferenceKind Kind, long[] Keys)[] expected)
    {
        string Text(IEnumerable<(RowDifferenceKind, long)> rows) => string.Join(", ", rows.OrderBy(row => row.Item1).ThenBy(row => row.Item2).Select(row => $"{row.Item1} {row.Item2}"));
        Assert.Equal(Text(expected.SelectMany(one => one.Keys.Select(key => (one.Kind, key)))), Text(result.Rows.Select(row => (row.Kind, row.Key))));
        Assert.True(result.IsWhole, $"{result} {string.Join("; ", result.Evidence)}");
    }
}
