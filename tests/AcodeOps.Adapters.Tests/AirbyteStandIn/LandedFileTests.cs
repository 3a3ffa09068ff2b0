using System.Globalization;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Lake;
using AcodeOps.Adapters.Storage;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.AirbyteStandIn;

/// <summary>What the stand-in lands, read by the product.</summary>
public sealed class LandedFileTests(StandInFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Footers_tell_the_sources_rows_and_watermark(DatabaseFlavor flavor)
    {
        await using StandIn airbyte = await fixture.StartProvisionedAsync(flavor);
        DatabaseServer source = (await fixture.PairAsync(flavor)).Primary;
        await airbyte.ConfigureAsync(new() { ["partRows"] = 1_100, ["rowGroupRows"] = 400 }, Cancel);
        await airbyte.SyncAsync(AirbyteProvisioning.PrimaryConnection, Cancel);
        using AwsAccount account = Account(await fixture.SiteAsync());
        S3ObjectStore store = new(new StorageDefinition { Role = StorageRole.Primary, Bucket = airbyte.PrimaryLake.Bucket }, account);
        ParquetLakeReader reader = new();

        List<LakeFile> files = [];
        List<LakeRow> rows = [];
        await foreach (StoredObject stored in store.ListAsync($"origin=airbyte/database=bronze_acode/{SalesTables.Daily}/", cancel: Cancel))
        {
            files.Add(await reader.ReadFooterAsync(store, stored, ["idpk", "Data_Processamento", "Data"], Cancel));
            rows.AddRange(await reader.ReadRowsAsync(store, stored, "idpk", "Data_Processamento", Cancel).ToListAsync(Cancel));
        }

        Assert.Equal((3, StandInFixture.Rows, StandInFixture.Rows), (files.Count, files.Sum(f => f.Rows), rows.Count));
        Assert.Equal(Enumerable.Range(1, StandInFixture.Rows), rows.Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture)).Order());
        string newest = Text(await source.ScalarAsync($"SELECT MAX(Data_Processamento) FROM {source.Database}.{SalesTables.Daily}", Cancel));
        string oldest = Text(await source.ScalarAsync($"SELECT MIN(Data_Processamento) FROM {source.Database}.{SalesTables.Daily}", Cancel));
        Assert.Equal(newest, files.Max(f => f.Ranges["Data_Processamento"].Greatest));
        Assert.Equal(oldest, files.Min(f => f.Ranges["Data_Processamento"].Least));
        Assert.Equal((oldest, newest), (rows.Min(r => r.Cursor), rows.Max(r => r.Cursor)));
        Assert.All(files, f => Assert.Equal(10, f.Ranges["Data"].Least.Length));
    }

    private static string Text(object? time) => ((DateTime)time!).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static AwsAccount Account(LabSite site) => new(
        new AwsDefinition { Region = "us-east-2", Endpoints = new AwsEndpoints { S3 = new Uri(site.Storage.Endpoint) } },
        new AwsSession(() => new AwsKeys(site.Coordinates.UserKey.AccessKey, new SecretText(site.Coordinates.UserKey.SecretKey), null), null));
}
