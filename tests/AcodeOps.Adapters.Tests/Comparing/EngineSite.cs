using System.Text.Json.Nodes;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.LakeEngines;
using AcodeOps.Lab.LakeEngines;

namespace AcodeOps.Adapters.Tests.Comparing;

/// <summary>A compared site with an engine over its lake: what Trino and Athena find is held against what was found here.</summary>
internal sealed class EngineSite : IAsyncDisposable
{
    private const string Secret = "acode/trino";

    private readonly ComparedSite _compared;
    private readonly LakeCatalog _catalog;

    private EngineSite(ComparedSite compared, LakeCatalog catalog, LakeEngineServer server) => (_compared, _catalog, Server) = (compared, catalog, server);

    public LakeEngineServer Server { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<EngineSite> StartAsync(ComparedSite compared)
    {
        LakeCatalog catalog = new(compared.Site.Lab.OpenStorageAsAdministrator(), Path.Combine(compared.Site.Lab.Folder, "lake-engine"));
        LakeEngineServer server = await LakeEngineServer.StartAsync(catalog, compared.Site.Lab.Installation.Key, Cancel);
        server.Trino.Login = ("acode", Guid.NewGuid().ToString("N"));
        await compared.Site.Lab.Cloud.PutSecretAsync(Secret, new JsonObject { ["username"] = server.Trino.Login.Value.User, ["password"] = server.Trino.Login.Value.Password }, Cancel);
        return new EngineSite(compared, catalog, server);
    }

    /// <summary>Compares once more by each engine, and holds it against what was found.</summary>
    public async Task AssertAgreeAsync(DataDifference found)
    {
        string table = _compared.Table.Name.ToLowerInvariant();
        _catalog.Add(table, _compared.Store.Definition.Bucket, _compared.Folder(found));
        foreach (LakeEngine engine in (LakeEngine[])[LakeEngine.Trino, LakeEngine.Athena])
        {
            Installation real = _compared.Site.Installation;
            LakeDefinition definition = Definition(engine);
            using AwsAccount account = new(real.Environment.Aws with { Endpoints = real.Environment.Aws.Endpoints with { Athena = Server.Url } }, session: null, real.Environment.Aws.CredentialsFile);
            using SqlLakeEngine asked = new(
                definition, engine == LakeEngine.Trino ? new TrinoSession(definition, real.Credentials, real.Clock) : new AthenaSession(definition, account, real.Clock));
            DataDifference told = await _compared.CompareAsync(found.IncludesValues, installation: new EngineInstallation(real, asked));
            string evidence = $"{told} {told.ErrorId} {string.Join("; ", told.Evidence)}";
            Assert.True(found.Verdict == told.Verdict, evidence);
            Assert.Equal(
                (found.RowsFrom, found.RowsTo, found.RowsInFlight, found.RowsUndecided, found.RowsSuperseded, found.Missing, found.Extra, found.Duplicated, found.Changed),
                (told.RowsFrom, told.RowsTo, told.RowsInFlight, told.RowsUndecided, told.RowsSuperseded, told.Missing, told.Extra, told.Duplicated, told.Changed));
            Assert.Equal(found.Rows.Select(Text), told.Rows.Select(Text));
            Assert.Equal(found.Days, told.Days);
            Assert.Contains(told.Evidence, line => line.Contains($"read by {engine}", StringComparison.Ordinal));
            Assert.True(told.LakeBytesRead > 0, evidence);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _catalog.Dispose();
    }

    private LakeDefinition Definition(LakeEngine engine) => engine == LakeEngine.Trino
        ? new LakeDefinition { Engine = engine, Url = Server.Url, Database = LakeCatalog.Schema, Credential = CredentialReference.TryParse($"secretsmanager:{Secret}") }
        : new LakeDefinition { Engine = engine, Catalog = "AwsDataCatalog", Database = LakeCatalog.Schema };

    private static string Text(RowDifference row) =>
        $"{row.Kind} {row.Key} {row.Day} {row.Copies} {string.Join(',', row.Columns)} {string.Join(',', row.Objects.Order(StringComparer.Ordinal))}";

    // It is the site's own installation, and ends with the site.
    private sealed class EngineInstallation(IInstallation real, ILakeEngine engine) : DelegatingInstallation(real)
    {
        public override ILakeEngine LakeEngine => engine;
    }
}
