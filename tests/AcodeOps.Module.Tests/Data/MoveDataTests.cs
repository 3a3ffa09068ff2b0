using System.Management.Automation;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Data;

/// <summary>Objects moved to quarantine and back by the packed module in a whole lab.</summary>
[Collection(SharedSites.Collection)]
public sealed class MoveDataTests(SharedSites sites)
{
    // Below it the commands look: the prefix of the lab's primary storage.
    private const string Lake = "origin=airbyte/database=bronze_acode/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_go_to_quarantine_and_back_and_both_are_on_record_twice()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        string folder = await FillAsync(site, 5);

        ScriptResult moved = session.Run($"$moved = Move-AcodeData {folder} -Reason 'half written' -Confirm:$false; $moved");
        PSObject result = Assert.Single(moved.Clean());
        Assert.Equal(("AcodeOps.DataMoveResult", "Moved", "5"), (result.BaseObject.GetType().FullName, Text(result, "Status"), Text(result, "Objects")));
        Assert.Equal(ProgressRecordType.Completed, moved.Progress[^1].RecordType);
        Assert.Empty(await KeysAsync(site, StorageBuckets.Primary, Lake + folder));
        Assert.Equal(5, (await KeysAsync(site, StorageBuckets.Quarantine, "")).Count(k => k.Contains($"/{Text(result, "Id")}/", StringComparison.Ordinal) && k.Contains(folder, StringComparison.Ordinal)));
        AssertOnRecord(session, result, "move to quarantine");

        PSObject back = Assert.Single(session.Run("$moved | Move-AcodeData -Return -Confirm:$false").Clean());
        Assert.Equal(("Returned", "5"), (Text(back, "Status"), Text(back, "Objects")));
        Assert.Equal(5, (await KeysAsync(site, StorageBuckets.Primary, Lake + folder)).Count);
        AssertOnRecord(session, result, "move back from quarantine");

        Assert.Equal("DataMoveReturned", IdOf(session.Run("Move-AcodeData -Manifest $moved.Id -Confirm:$false")));
        Assert.Equal("Returned", Text(session.Run("Move-AcodeData -Manifest $moved.Manifest -Return -Confirm:$false").Only, "Status"));
    }

    [Fact]
    public async Task Under_WhatIf_nothing_moves_and_nothing_is_recorded()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        string folder = await FillAsync(site, 2);
        int records = session.Run("Get-AcodeAudit").Clean().Count;
        int kept = (await KeysAsync(site, StorageBuckets.Quarantine, "")).Count;
        ScriptResult result = session.Run($"Move-AcodeData {folder} -Reason why -WhatIf");
        Assert.Empty(result.Clean());
        Assert.Contains("2 objects, 0.0 MB", result.HostText, StringComparison.Ordinal);
        Assert.Contains("Quarantine storage", result.HostText, StringComparison.Ordinal);
        Assert.Equal((2, kept), ((await KeysAsync(site, StorageBuckets.Primary, Lake + folder)).Count, (await KeysAsync(site, StorageBuckets.Quarantine, "")).Count));
        Assert.Equal(records, session.Run("Get-AcodeAudit").Clean().Count);
    }

    [Fact]
    public async Task Nothing_found_is_a_warning_and_an_object_in_the_way_is_an_error_of_its_own()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = new(site);
        ScriptResult none = session.Run("Move-AcodeData there-is-none/ -Reason why -Confirm:$false");
        Assert.Empty(none.Clean());
        Assert.Contains("there-is-none/", Assert.Single(none.Warnings), StringComparison.Ordinal);
        Assert.Equal("DataMoveNotFound", IdOf(session.Run("Move-AcodeData -Manifest 01ARZ3NDEKTSV4RRFFQ69G5FAV -Return -Confirm:$false")));
        Assert.Equal("DataMoveNotFound", IdOf(session.Run("Move-AcodeData -Manifest s3://elsewhere/20160730/01ARZ3NDEKTSV4RRFFQ69G5FAV/manifest.json -Return -Confirm:$false")));

        string folder = await FillAsync(site, 3);
        string taken = (await KeysAsync(site, StorageBuckets.Primary, Lake + folder))[0];
        session.Run($"$moved = Move-AcodeData {folder} -Reason why -Confirm:$false").Clean();
        await PutAsync(site, taken[Lake.Length..], "of a later sync");
        ScriptResult back = session.Run("$moved | Move-AcodeData -Return -Confirm:$false");
        Assert.Equal(("Incomplete", "2"), (Text(back.Only, "Status"), Text(back.Only, "Objects")));
        Assert.Equal("ObjectExists", IdOf(back));
    }

    private static void AssertOnRecord(LabSession session, PSObject move, string act)
    {
        IReadOnlyList<PSObject> records = session.Run($"Get-AcodeAudit -EventType DataAccess | Where-Object {{ $_.RunId -eq '{Text(move, "Id")}' -and $_.Details['act'] -eq '{act}' }}").Clean();
        Assert.Equal(["Intent", "Outcome"], records.Select(r => Text(r, "Phase")));
        Assert.All(records, r => Assert.Equal("half written", Text(r, "Reason")));
        Assert.Contains("5 objects", Text(records[1], "Outcome"), StringComparison.Ordinal);
    }

    private static async Task<string> FillAsync(LabSite site, int objects)
    {
        string folder = $"move-{Guid.NewGuid():N}/";
        for (int i = 0; i < objects; i++)
        {
            await PutAsync(site, $"{folder}{i}.parquet", $"content {i}");
        }

        return folder;
    }

    private static async Task PutAsync(LabSite site, string key, string content)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Primary, Key = Lake + key, ContentBody = content }, Cancel);
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(LabSite site, string bucket, string prefix)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        return [.. ((await storage.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix }, Cancel)).S3Objects ?? []).Select(o => o.Key)];
    }

    private static string IdOf(ScriptResult result) => (result.Failure ?? Assert.Single(result.Errors)).FullyQualifiedErrorId.Split(',')[0];

    private static string Text(PSObject o, string property) => $"{o.Properties[property].Value}";
}
