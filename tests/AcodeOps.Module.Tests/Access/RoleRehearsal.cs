using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Access;

/// <summary>Runs the cmdlets of a role as somebody who has its policy, until one of them does not do what it is there for.</summary>
internal sealed class RoleRehearsal(LabSite site, PolicySite mine, string project)
{
    private const string ProbeFolder = "acode/acode_lease_probe/";
    private const string LeaseFolder = "acode/acode_lease";
    private const string AuditFolder = "acode_audit/";
    private const string BackupPrefix = "origin=airbyte/database=bronze_acode/";
    private const string DigestFolder = "acode_audit_digests/";
    private const string JournalFolder = "acode_runbooks/";

    // Whatever a line has left: nothing waits and nothing is unfinished, and the first route writes again. A lease that was left ends by itself.
    private const string Mend = """
        $ErrorActionPreference = 'Stop'
        $null = Sync-AcodeAudit
        Get-AcodeRunbook -Unfinished | ForEach-Object { $null = Undo-AcodeRunbook $_.RunId -Confirm:$false }
        Invoke-AcodeFailover -Acknowledge -Confirm:$false | Out-Null
        if ((Get-AcodeRoute -Active).Name -ne 'primary') { $null = Invoke-AcodeFailover primary -Confirm:$false }
        """;

    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(2);

    // Of the day before, whose clock has certainly ended.
    private readonly string _earlier = $"acode_audit/{DateTime.UtcNow.AddHours(-25):yyyy'/'MM'/'dd'/data_access_'HHmmss}.json";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes what the first lines look at: a digest of the audit trail. The identity may do all that any role may.</summary>
    public async Task BeginAsync()
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        await LeaveWorkAsync(storage);
        await TidyAsync();
    }

    /// <summary>Runs the lines in a new session.</summary>
    /// <returns>The first failure, told; null when there is none.</returns>
    public async Task<RehearsalFailure?> RunAsync(AccessRole role)
    {
        using LabSession session = mine.Open();
        session.With("project", project).With("folder", mine.Folder).With("spool", mine.Spool);
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        foreach ((string cmdlet, string script) in RoleCommands.Of(role))
        {
            if (cmdlet == "Sync-AcodeAudit")
            {
                await LeaveWorkAsync(storage);
            }
            else if (cmdlet == "Test-AcodeAudit")
            {
                await TakeOverAsync(storage, StorageBuckets.Audit, DigestFolder);
            }
            else if (cmdlet == "Test-AcodeHealth")
            {
                LeaveRecord();
            }
            else if (cmdlet == "Invoke-AcodeCredentialRotation")
            {
                // As the first time: that there is no lease yet is told only to those who may list.
                await DropLeaseAsync(storage);
            }

            if (RehearsalFailure.Of(cmdlet, session.Run(script)) is { } failure)
            {
                return failure;
            }

            if ((await KeysAsync(storage, StorageBuckets.Emergency, ProbeFolder)).Count > 0)
            {
                return new RehearsalFailure(cmdlet, "left a probe of the lease behind");
            }
        }

        return null;
    }

    /// <summary>What <c>Test-AcodeAccess</c> finds, each as rule and target; it changes nothing in any bucket.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync(AccessRole role)
    {
        using LabSession session = mine.Open();
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        await TakeOverAsync(storage, StorageBuckets.Audit, DigestFolder);
        foreach (string bucket in StorageBuckets.All.Where(bucket => bucket != StorageBuckets.Audit))
        {
            await TakeOverAsync(storage, bucket, "");
        }

        List<string> before = await VersionsAsync(storage);
        ScriptResult result = session.Run($"Test-AcodeAccess {role} | ForEach-Object {{ \"$($_.Rule) $($_.Target)\" }}");
        Assert.Equal(before, await VersionsAsync(storage));
        return [.. result.Clean().Select(line => $"{line}")];
    }

    /// <summary>Takes away what a failed line has left, and what would make the next one fail. The identity may do all that any role may.</summary>
    public async Task TidyAsync()
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        foreach (string key in await KeysAsync(storage, StorageBuckets.Emergency, ProbeFolder))
        {
            await storage.DeleteObjectAsync(StorageBuckets.Emergency, key, Cancel);
        }

        foreach (string waiting in Directory.Exists(mine.Spool) ? Directory.GetFiles(mine.Spool, "acode_audit+*") : [])
        {
            File.Delete(waiting);
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Recovery);
        while (true)
        {
            using LabSession session = mine.Open();
            if (session.Run(Mend).Failure is not { } failure)
            {
                return;
            }

            Assert.False(limit.IsCancellationRequested, $"The lab is not brought back: {failure}");
            await Task.Delay(500, Cancel);
        }
    }

    // Of the newest record is told how long it is locked; of one's own, whatever the policy says.
    private void LeaveRecord()
    {
        using LabSession somebodyElse = new(site);
        somebodyElse.Run("Write-AcodeAudit IncidentDetected rehearsal -Reason rehearsal").Clean();
    }

    // A record whose upload's answer was lost waits though it is stored; a day that is over has no digest; and a journal's last entry did
    // not get through.
    private async Task LeaveWorkAsync(AmazonS3Client storage)
    {
        // The first is the lab's own, which it may read.
        string record = (await KeysAsync(storage, StorageBuckets.Audit, AuditFolder)).First(key => key != _earlier);
        using GetObjectResponse stored = await storage.GetObjectAsync(StorageBuckets.Audit, record, Cancel);
        using StreamReader reader = new(stored.ResponseStream);
        string text = await reader.ReadToEndAsync(Cancel);
        Directory.CreateDirectory(mine.Spool);
        await File.WriteAllTextAsync(Path.Combine(mine.Spool, record.Replace('/', '+')), text, Cancel);
        await storage.PutObjectAsync(new PutObjectRequest { BucketName = StorageBuckets.Audit, Key = _earlier, ContentBody = text }, Cancel);
        foreach (string digest in await KeysAsync(storage, StorageBuckets.Audit, DigestFolder))
        {
            await DropAsync(storage, digest);
            await storage.DeleteObjectAsync(StorageBuckets.Backup, BackupPrefix + digest, Cancel);
        }

        foreach (string journal in (Directory.Exists(mine.Journals) ? Directory.GetFiles(mine.Journals) : []).Select(Path.GetFileNameWithoutExtension).OfType<string>())
        {
            if ((await KeysAsync(storage, StorageBuckets.Audit, JournalFolder)).LastOrDefault(key => key.Contains($"/{journal}/", StringComparison.Ordinal)) is { } last)
            {
                await DropAsync(storage, last);
                return;
            }
        }
    }

    private async Task TakeOverAsync(AmazonS3Client storage, string bucket, string prefix)
    {
        using AmazonS3Client own = mine.OpenStorage();
        await new ObjectOwner(storage, own, mine.User).TakeOverAsync(bucket, prefix, Cancel);
    }

    private static async Task DropLeaseAsync(AmazonS3Client storage)
    {
        foreach (string key in await KeysAsync(storage, StorageBuckets.Emergency, LeaseFolder))
        {
            await storage.DeleteObjectAsync(StorageBuckets.Emergency, key, Cancel);
        }
    }

    // The audit bucket keeps versions.
    private static async Task DropAsync(AmazonS3Client storage, string key)
    {
        ListVersionsResponse versions = await storage.ListVersionsAsync(new ListVersionsRequest { BucketName = StorageBuckets.Audit, Prefix = key }, Cancel);
        foreach (S3ObjectVersion version in versions.Versions)
        {
            await storage.DeleteObjectAsync(
                new DeleteObjectRequest { BucketName = StorageBuckets.Audit, Key = key, VersionId = version.VersionId, BypassGovernanceRetention = true }, Cancel);
        }
    }

    private static async Task<List<string>> VersionsAsync(AmazonS3Client storage)
    {
        List<string> all = [];
        foreach (string bucket in StorageBuckets.All)
        {
            await foreach (S3ObjectVersion version in storage.Paginators.ListVersions(new ListVersionsRequest { BucketName = bucket }).Versions.WithCancellation(Cancel))
            {
                all.Add($"{bucket}/{version.Key} {version.VersionId} {version.ETag} {version.IsDeleteMarker}");
            }
        }

        return all;
    }

    private static async Task<List<string>> KeysAsync(AmazonS3Client storage, string bucket, string prefix)
    {
        List<string> keys = [];
        await foreach (S3Object found in storage.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix }).S3Objects.WithCancellation(Cancel))
        {
            keys.Add(found.Key);
        }

        return keys;
    }
}
