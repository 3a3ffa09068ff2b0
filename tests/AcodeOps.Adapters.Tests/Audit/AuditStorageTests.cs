using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>The trail on a real S3 server.</summary>
public sealed class AuditStorageTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixteen_writers_in_the_same_second_overwrite_nothing()
    {
        AuditInstallation installation = await NewAsync() with { Clock = new MovableClock() };

        AuditRecord[] written = await Task.WhenAll(Enumerable.Range(0, 16).SelectMany(
            writer => Enumerable.Range(0, 4).Select(n => Task.Run(() => installation.WriteAsync(subject: $"{writer}/{n}"), Cancel))));

        Assert.All(written, record => Assert.True(record.Stored, record.WaitsBecause));
        Assert.Equal(64, (await installation.KeysAsync()).Count);
        DateTimeOffset at = installation.Clock.GetUtcNow();
        List<AuditRecord> read = await installation.ReadAsync(at, at.AddSeconds(1));
        Assert.Equal(written.Select(r => (r.Id, r.Subject)).OrderBy(r => r.Id, StringComparer.Ordinal), read.Select(r => (r.Id, r.Subject)));
        Assert.Empty(installation.WaitingFiles());
    }

    [Theory]
    [InlineData(AuditLock.Governance, "GOVERNANCE")]
    [InlineData(AuditLock.Compliance, "COMPLIANCE")]
    public async Task A_record_is_encrypted_and_cannot_be_deleted_before_its_time(AuditLock asked, string mode)
    {
        AuditInstallation installation = await NewAsync(locked: true) with { Audit = new() { Lock = asked, RetentionDays = 2 } };

        AuditRecord record = await installation.WriteAsync();

        using AmazonS3Client s3 = (await SiteAsync()).OpenStorageAsAdministrator();
        string key = record.Location![$"s3://{installation.Bucket}/".Length..];
        GetObjectMetadataResponse stored = await s3.GetObjectMetadataAsync(installation.Bucket, key, Cancel);
        Assert.Equal(mode, stored.ObjectLockMode?.Value);
        Assert.Equal(ServerSideEncryptionMethod.AES256, stored.ServerSideEncryptionMethod);
        Assert.Equal(record.At.AddDays(2).UtcDateTime, stored.ObjectLockRetainUntilDate!.Value.ToUniversalTime(), TimeSpan.FromSeconds(1));
        Assert.Equal(record.At.AddDays(2), record.LockedUntilAt);
        AmazonS3Exception refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = installation.Bucket, Key = key, VersionId = stored.VersionId }, Cancel));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_bucket_that_cannot_lock_still_takes_the_record()
    {
        AuditInstallation installation = await NewAsync() with { Audit = new() { Lock = AuditLock.Compliance } };

        AuditRecord record = await installation.WriteAsync();

        Assert.True(record.Stored, record.WaitsBecause);
        Assert.Null(record.LockedUntilAt);
    }

    [Fact]
    public async Task What_was_written_while_the_storage_was_away_arrives_by_a_sync()
    {
        AuditInstallation installation = await NewAsync(locked: true) with { Audit = new() { Lock = AuditLock.Governance, RetentionDays = 1 } };
        DateTimeOffset before = DateTimeOffset.UtcNow;
        AuditInstallation away = installation.Away();
        List<AuditRecord> written = [];
        for (int i = 0; i < 5; i++)
        {
            written.Add(await away.WriteAsync((AuditEventType)i));
        }

        Assert.All(written, record => Assert.False(record.Stored));
        Assert.All(written, record => Assert.NotNull(record.WaitsBecause));
        DateTimeOffset after = DateTimeOffset.UtcNow.AddSeconds(1);
        Assert.Equal(written.Select(r => r.Id), (await installation.ReadAsync(before, after)).Select(r => r.Id));

        List<AuditRecord> synced = await installation.SyncAsync();

        Assert.Equal(written.Select(r => r.Id), synced.Select(r => r.Id));
        Assert.All(synced, record => Assert.NotNull(record.LockedUntilAt));
        Assert.Empty(installation.WaitingFiles());
        Assert.All(await installation.ReadAsync(before, after), record => Assert.True(record.Stored));
        Assert.Empty(await installation.SyncAsync());
    }

    [Fact]
    public async Task Four_drains_at_once_lose_nothing_and_double_nothing()
    {
        AuditInstallation installation = await NewAsync();
        AuditInstallation away = installation.Away();
        AuditRecord[] written = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => away.WriteAsync(), Cancel)));

        List<AuditRecord>[] synced = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(installation.SyncAsync, Cancel)));

        Assert.Equal(written.Select(r => r.Id).Order(StringComparer.Ordinal), synced.SelectMany(s => s).Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(60, (await installation.KeysAsync()).Count);
        Assert.Empty(installation.WaitingFiles());
    }

    [Fact]
    public async Task Records_of_midnight_at_the_months_end_lie_in_their_own_days()
    {
        MovableClock clock = new() { Now = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 800, TimeSpan.Zero) };
        AuditInstallation installation = await NewAsync() with { Clock = clock };
        List<string> written = [];
        for (int i = 0; i < 4; i++)
        {
            written.Add((await installation.WriteAsync((AuditEventType)(7 - i))).Id);
            clock.Now += TimeSpan.FromMilliseconds(100);
        }

        List<string> keys = await installation.KeysAsync();
        Assert.Equal(
            ["acode_audit/2026/02/28/configuration_changed_235959_", "acode_audit/2026/02/28/incident_detected_235959_",
                "acode_audit/2026/03/01/credentials_rotated_000000_", "acode_audit/2026/03/01/data_access_000000_"],
            keys.Select(key => key[installation.Prefix.Length..^"01KAT5Z3V8Q7M2N4P6R8S0T2W4.json".Length]));
        Assert.Equal(written, (await installation.ReadAsync(clock.Now.AddHours(-1), clock.Now)).Select(r => r.Id));
        Assert.Equal([written[0]], (await installation.ReadAsync(clock.Now.AddYears(-1), clock.Now, AuditEventType.IncidentDetected)).Select(r => r.Id));
    }

    [Fact]
    public async Task The_caller_is_the_one_that_sts_tells()
    {
        AuditRecord record = await (await NewAsync()).WriteAsync();

        Assert.StartsWith("arn:aws:", record.CallerArn, StringComparison.Ordinal);
        Assert.Matches("^[0-9]{12}$", record.CallerAccount);
        Assert.Null(record.CallerUnknownBecause);
    }

    /// <summary>Each round kills the writer at another moment: before, within and after the steps of a write.</summary>
    [Fact]
    public async Task What_a_killed_process_had_acknowledged_is_there_after_a_sync()
    {
        AuditInstallation installation = await NewAsync();
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        Random random = new(seed);
        DateTimeOffset before = DateTimeOffset.UtcNow;
        List<string> acknowledged = [];
        for (int round = 0; round < 6; round++)
        {
            bool isAway = round % 2 == 1;
            acknowledged.AddRange(await AuditWriterProcess.RunUntilKilledAsync(
                isAway ? installation.Away() : installation, acknowledgements: 5 + random.Next(20), TimeSpan.FromMilliseconds(random.NextDouble() * 20), Cancel));
        }

        await installation.SyncAsync();

        HashSet<string> stored = [.. (await installation.ReadAsync(before, DateTimeOffset.UtcNow.AddSeconds(1))).Where(r => r.Stored).Select(r => r.Id)];
        Assert.True(acknowledged.Count >= 30);
        Assert.Empty(acknowledged.Except(stored));
        Assert.DoesNotContain(installation.WaitingFiles(), file => Path.GetFileName(file).StartsWith("acode_audit", StringComparison.Ordinal));
    }

    private Task<LabSite> SiteAsync() => lab.SiteAsync(DatabaseFlavor.MariaDb);

    private async Task<AuditInstallation> NewAsync(bool locked = false) =>
        await AuditInstallation.NewAsync(lab, await SiteAsync(), locked ? StorageBuckets.Audit : StorageBuckets.Archive);
}
