using System.Globalization;
using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Sales;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Recovery;

/// <summary>Corrupted data on a whole lab, by the cmdlets as an operator types them.</summary>
[Collection(SharedSites.Collection)]
public sealed class CorruptedDataTests(SharedSites sites)
{
    private const string Lake = "origin=airbyte/database=bronze_acode/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Partition => $"{SalesTables.Daily}/cog_dt_ingestion={DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}/";

    [Fact]
    public async Task A_truncated_partition_is_planned_shown_replaced_and_reported()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        session.Run("Start-AcodeSync -Wait").Clean();
        IReadOnlyList<string> corrupted = await TruncateAsync(site);
        session.With("prefix", Partition).With("reports", Directory.CreateTempSubdirectory("acodeops-report").FullName);

        ScriptResult planned = session.Run("$plan = Get-AcodeRecoveryPlan -CorruptedPrefix $prefix -Reason 'readers fail on it'; $plan");
        PSObject plan = Assert.Single(planned.Clean());
        Assert.Equal(("corrupted_data", "True"), (Text(plan, "Strategy"), Text(plan, "IsExecutable")));
        Show(session, "$plan | Out-String -Width 180; $plan | Format-List | Out-String -Width 180; $plan.Reload | Out-String -Width 180");

        ScriptResult shown = session.Run("$plan | Start-AcodeDisasterRecovery -WhatIf");
        TestContext.Current.SendDiagnosticMessage(shown.HostText);
        Assert.Equal("Planned", Text(Assert.Single(shown.Clean()), "Status"));
        Assert.Contains("quarantine:", shown.HostText, StringComparison.Ordinal);
        Assert.Contains("objects that cannot", shown.HostText, StringComparison.Ordinal);
        Assert.Contains("a whole snapshot", shown.HostText, StringComparison.Ordinal);
        Assert.Equal(corrupted, await KeysAsync(site));

        PSObject run = Assert.Single(session.Run("$run = $plan | Start-AcodeDisasterRecovery -Confirm:$false; $run").Clean());
        Assert.Equal(("Completed", "corrupted_data"), (Text(run, "Status"), Text(run, "Runbook")));
        Show(session, "$run | Format-List | Out-String -Width 180; $run.Result | Out-String -Width 180");
        Assert.Empty(corrupted.Intersect(await KeysAsync(site)));
        Assert.Equal(["True", "Healthy", "True", "readers fail on it"], Texts(session.Run("$run.Result.IsProven; $run.Result.Validation; $run.Result.RowsReloaded -gt 0; $run.Reason")));
        string report = Assert.Single(session.Run("($run | Export-AcodeReport -Path $reports -Format Markdown | Get-Content) -join [char] 10").Clean()).ToString()!;
        Assert.StartsWith("# Loaded anew", report, StringComparison.Ordinal);

        // Taken back by order: the corrupted objects are in the lake again, and another recovery replaces them.
        Assert.Equal(["Undone"], Texts(session.Run("($run | Undo-AcodeRunbook -Confirm:$false).Status")));
        Assert.Equal(corrupted, await KeysAsync(site));
        Assert.Equal(
            ["Completed"], Texts(session.Run("(Get-AcodeRecoveryPlan -CorruptedPrefix $prefix -Reason 'once more' | Start-AcodeDisasterRecovery -Confirm:$false).Status")));
        Assert.Equal(["primary", "0"], Texts(session.Run("(Get-AcodeRoute -Active).Name; (Get-AcodeRunbook -Unfinished | Measure-Object).Count")));
    }

    [Theory]
    [InlineData("/", "CorruptedPrefixTooWide")]
    [InlineData("farmarcas_si_analitico_diario", "CorruptedPrefixTooWide")]
    [InlineData("nobody/", "CorruptedPrefixOfNoRoute")]
    [InlineData("farmarcas_si_analitico_diario/cog_dt_ingestion=2001-01-01/", "CorruptedObjectsNotFound")]
    public async Task What_is_no_partition_is_refused_by_a_stable_id(string prefix, string id)
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);

        ScriptResult refused = session.With("prefix", prefix).Run("Get-AcodeRecoveryPlan -CorruptedPrefix $prefix -Reason 'readers fail on it'");

        ErrorRecord failure = refused.Failure ?? Assert.Single(refused.Errors);
        TestContext.Current.SendDiagnosticMessage($"{failure} {failure.ErrorDetails?.RecommendedAction}");
        Assert.Equal(id, failure.FullyQualifiedErrorId.Split(',')[0]);
    }

    private static void Show(LabSession session, string script) => TestContext.Current.SendDiagnosticMessage(string.Concat(Texts(session.Run(script))));

    private static async Task<IReadOnlyList<string>> KeysAsync(LabSite site)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        ListObjectsV2Response page = await storage.ListObjectsV2Async(new() { BucketName = StorageBuckets.Primary, Prefix = Lake + Partition }, Cancel);
        return [.. (page.S3Objects ?? []).Select(o => o.Key)];
    }

    /// <summary>Cuts every object of the partition off in the middle.</summary>
    private static async Task<IReadOnlyList<string>> TruncateAsync(LabSite site)
    {
        IReadOnlyList<string> keys = await KeysAsync(site);
        Assert.NotEmpty(keys);
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        foreach (string key in keys)
        {
            using GetObjectResponse answer = await storage.GetObjectAsync(StorageBuckets.Primary, key, Cancel);
            using MemoryStream whole = new();
            await answer.ResponseStream.CopyToAsync(whole, Cancel);
            using MemoryStream half = new(whole.ToArray()[..(int)(whole.Length / 2)]);
            await storage.PutObjectAsync(new() { BucketName = StorageBuckets.Primary, Key = key, InputStream = half, UseChunkEncoding = false }, Cancel);
        }

        return keys;
    }

    private static string[] Texts(ScriptResult result) => [.. result.Clean().Select(o => $"{o}")];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
