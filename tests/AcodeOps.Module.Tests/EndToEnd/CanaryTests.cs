using System.Net;
using System.Text;
using AcodeOps.Lab;
using AcodeOps.Lab.Faults;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>No secret of the lab comes out of any cmdlet: on no stream, in no error, in no file, in no audit record.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class CanaryTests(SharedSites sites)
{
    private const string Planted = "pl4nted;é%'/+=?&\"\\secret";

    // A wrong one, and one that has to be quoted wherever it goes.
    private readonly string _wrong = $"/+='% ;&é\"\\{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_exported_cmdlet_takes_part()
    {
        using ModuleSession session = new();
        ScriptResult names = session.With("manifest", PackedModule.Manifest).Run("(Import-PowerShellDataFile $manifest).CmdletsToExport");
        string[] exported = [.. names.Clean().Select(n => $"{n}")];
        Assert.Equal(exported.Order(StringComparer.Ordinal), CanaryCommands.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(CanaryCommands.All, c => Assert.All(c.Value, line => Assert.Contains(c.Key, line, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_planted_secret_is_found_in_every_form()
    {
        SecretScanner scanner = new(new Dictionary<string, string> { ["planted"] = Planted });
        string[] forms =
        [
            Planted,
            $"https://h/?p={Uri.EscapeDataString(Planted)}&x=1",
            System.Text.Json.JsonSerializer.Serialize(new { p = Planted }),
            .. new[] { "", "u", "us", "use", "user:" }.Select(before => Convert.ToBase64String(Encoding.UTF8.GetBytes(before + Planted + " and more"))),
            Convert.ToHexString(Encoding.UTF8.GetBytes(Planted)),
            Convert.ToHexStringLower(Encoding.Unicode.GetBytes(Planted)),
        ];
        Assert.All(forms, form => Assert.Equal(["planted"], scanner.Find("before " + form + " after")));
        Assert.Empty(scanner.Find("planted, and a secret"));
        Assert.Equal(["a bearer token"], scanner.Find("Authorization: Bearer aaaabbbbccccdddd"));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Nothing_leaks_while_all_is_well(DatabaseFlavor flavor)
    {
        // What another test has left may have to be switched back first.
        await sites.HealthyAsync(flavor);
        DateTimeOffset begun = DateTimeOffset.UtcNow;
        string shown = await HuntAsync(flavor, _ => Task.CompletedTask);

        // What has failed was not looked at. One project holds a secret, the partner has to be asked for a password and did not hand over a right one, the partner's account may see neither the primary's replication nor what statements cost there, and one run was never made.
        string[] failed = [.. shown.Split('\n').Where(line => line.StartsWith("FAILED ", StringComparison.Ordinal)).Select(line => line.Split(' ', ',')[1])];
        Assert.Equal(["ConfigurationInvalid", "SourceAccessDenied", "StatementsNotReadable", "TableNotDefined", "RotationRequested", "RotationRefused", "CorruptedPrefixTooWide", "RunNotFound", "RunNotFound", "RunNotFound"], failed);
        using LabSession session = new(await sites.HealthyAsync(flavor));
        string[] runs = [.. session.With("begun", begun).Run("Get-AcodeRunbook -Days 1 | Where-Object StartedAt -ge $begun | ForEach-Object ToString").Clean().Select(run => $"{run}")];
        Assert.Equal(
            [
                "Replace corrupted data of farmarcas_si_analitico_diario_produtos: Completed",
                "Drill: rehearse route backup_mysql: Completed",
                "Switch from backup_mysql to primary: Completed",
                "Switch from primary to backup_mysql: Completed",
                "Switch from primary to backup_mysql: Undone",
                "Rotate the password of the Primary source (Partner): Undone",
                "Ask the partner for a new password of the Primary source: Escalated",
                $"Rotate the password of the Backup source ({(flavor == DatabaseFlavor.MySql ? "DualPassword" : "AlternatingUser")}): Undone",
                "Maintenance: Completed",
            ],
            runs.Where(run => !run.StartsWith("Copy ", StringComparison.Ordinal) && !run.StartsWith("Set Airbyte's ", StringComparison.Ordinal)));
        Assert.All(runs.Where(run => run.StartsWith("Set Airbyte's ", StringComparison.Ordinal)), run => Assert.EndsWith(": Completed", run, StringComparison.Ordinal));
        Assert.Contains(runs, run => run.StartsWith("Set Airbyte's configuration from /", StringComparison.Ordinal));
        Assert.Single(runs, run => run.StartsWith("Copy ", StringComparison.Ordinal) && run.EndsWith(" to the Emergency storage: Undone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseFlavor.MySql)]
    [InlineData(DatabaseFlavor.MariaDb)]
    public async Task Nothing_leaks_when_a_password_is_refused(DatabaseFlavor flavor) => Assert.Contains(
        "Authentication",
        await HuntAsync(flavor, site => site.PutSourceSecretAsync(LabSecrets.Primary, site.Databases.Primary, _wrong, Cancel)), StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_leaks_when_the_storage_fails_and_records_wait_here()
    {
        int spooled = 0;
        await HuntAsync(
            DatabaseFlavor.MySql,
            site => LabFaults.ApplyAsync(site, "storage-error", [], Cancel),
            run => spooled = run.Files.Count(f => f.Contains("/data/", StringComparison.Ordinal)));
        Assert.True(spooled > 0, "No record waits in the spool.");
    }

    [Fact]
    public async Task Nothing_leaks_when_Airbyte_is_away() => Assert.Contains(
        "ConnectionRefused", await HuntAsync(DatabaseFlavor.MySql, site => LabFaults.ApplyAsync(site, "kill", ["airbyte"], Cancel)), StringComparison.Ordinal);

    private async Task<string> HuntAsync(DatabaseFlavor flavor, Func<LabSite, Task> breakAsync, Action<CanaryRun>? look = null)
    {
        LabSite site = await sites.HealthyAsync(flavor);
        SecretScanner scanner = new(SecretsOf(site));
        using CanaryRun run = new(site, site.Databases.Replica.Reader.Password);
        try
        {
            await breakAsync(site);
            await run.StartAsync();
        }
        finally
        {
            await LabFaults.ClearAsync(site, null, CancellationToken.None);
            await site.PutSecretsAsync(CancellationToken.None);
        }

        Assert.Contains("\nEND\n", run.Shown, StringComparison.Ordinal);
        // The password is there for whoever asks for it, and for nobody else.
        Assert.Contains($"LENGTH {site.Databases.Replica.Reader.Password.Length}\n", run.Shown, StringComparison.Ordinal);
        AssertClean(scanner, "shown", run.Shown);
        foreach (string file in run.Files)
        {
            AssertClean(scanner, file, await File.ReadAllTextAsync(file, Cancel));
        }

        foreach (string bucket in (string[])[StorageBuckets.Audit, StorageBuckets.Emergency, StorageBuckets.Quarantine])
        {
            await AssertCleanAsync(scanner, site, bucket);
        }

        look?.Invoke(run);
        return run.Shown;
    }

    // Audit records and journals, leases, manifests; not the rows that were moved.
    private static async Task AssertCleanAsync(SecretScanner scanner, LabSite site, string bucket)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator(), writer = site.OpenStorage();
        await foreach (S3Object stored in storage.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket }).S3Objects.WithCancellation(Cancel))
        {
            if (!stored.Key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                using GetObjectResponse answer = await ReadAsync(stored.Key);
                using StreamReader reader = new(answer.ResponseStream);
                AssertClean(scanner, $"{bucket}/{stored.Key}", await reader.ReadToEndAsync(Cancel));
            }
        }

        // What another user has written into a bucket of this server, its owner may not read.
        async Task<GetObjectResponse> ReadAsync(string key)
        {
            try
            {
                return await storage.GetObjectAsync(bucket, key, Cancel);
            }
            catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.Forbidden)
            {
                return await writer.GetObjectAsync(bucket, key, Cancel);
            }
        }
    }

    private Dictionary<string, string> SecretsOf(LabSite site) => new()
    {
        ["the administrator's password"] = site.Coordinates.Accounts.Admin.Password,
        ["the replication's password"] = site.Coordinates.Accounts.Replication.Password,
        ["the primary reader's password"] = site.Coordinates.Accounts.PrimaryReader.Password,
        ["the backup reader's password"] = site.Coordinates.Accounts.BackupReader.Password,
        ["the wrong password"] = _wrong,
        ["the core of the wrong password"] = _wrong[^32..],
        ["the installation's S3 key"] = site.Coordinates.UserKey.SecretKey,
        ["the administrator's S3 key"] = site.Coordinates.AdministratorKey.SecretKey,
        ["the key of the webhooks"] = site.Coordinates.WebhookKey,
        ["Datadog's API key"] = site.Coordinates.Datadog.Api,
        ["Datadog's application key"] = site.Coordinates.Datadog.Application,
        ["Airbyte's client secret"] = site.Airbyte.Client().ClientSecret,
    };

    // Shows the line without repeating the secret.
    private static void AssertClean(SecretScanner scanner, string where, string text)
    {
        if (scanner.Find(text) is { Count: > 0 } found)
        {
            string[] lines = text.Split('\n');
            int line = Array.FindIndex(lines, l => scanner.Find(l).Count > 0);
            string near = string.Join('\n', lines[..Math.Max(line, 0)].Where(l => l.StartsWith("RUN ", StringComparison.Ordinal)).TakeLast(1));
            Assert.Fail($"{string.Join(", ", found)} in {where}, line {line + 1}, after: {near}");
        }
    }
}
