using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Airbyte;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Module.Tests.EndToEnd;
using AcodeOps.Module.Tests.Failover;
using AcodeOps.Module.Tests.Hosting;
using Amazon.S3;
using Amazon.S3.Model;

namespace AcodeOps.Module.Tests.Deployment;

/// <summary>The checklist of a deployment in a whole lab whose configuration was imported: well, and made ill in one way after the other.</summary>
[Collection(SharedSites.OtherCollection)]
public sealed class DeploymentCmdletTests(SharedSites sites) : IDisposable
{
    private const string Target = "Deployment";
    private static readonly HttpClient Http = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-deployment-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Project => Path.Combine(_folder, "airbyte");

    private string Source => Path.Combine(Project, "sources", AirbyteProvisioning.PrimarySource, "configuration.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Before_all_is_told_item_by_item_and_nothing_stands_against_it()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = Open(site);
        session.Run("$null = Backup-AcodeConfiguration").Clean();

        IReadOnlyList<SeenCheck> seen = Checks(session, "Before");

        Assert.Equal(
            ["configuration", "configuration backup", "emergency copy", "health", "running syncs", "unfinished runs", "variables"],
            seen.Where(check => check.Component == Target).Select(check => check.Target).Order(StringComparer.Ordinal));
        Assert.Equal(["Airbyte", "Replication", "Secret", "Source", "Storage"], seen.Select(check => check.Component).Where(name => name != Target).Distinct().Order(StringComparer.Ordinal));
        Assert.True(seen.All(check => check.Verdict == "Healthy" || check.Is(Target, "configuration") || check.Is(Target, "emergency copy")), SeenCheck.Unhealthy(seen));
        // Masks stand where Airbyte gives no secrets, and the lab has no emergency copy until somebody makes one.
        Assert.Equal("Degraded", seen.Single(check => check.Is(Target, "configuration")).Verdict);
        Assert.Contains(seen.Single(check => check.Is(Target, "emergency copy")).Verdict, (string[])["Healthy", "Degraded"]);
        Assert.True(Quiet(session, "Before"));
    }

    [Fact]
    public async Task After_a_sync_that_lands_what_the_files_say_is_healthy_and_on_record()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = Open(site);

        ScriptResult result = session.Run("Test-AcodeDeployment After $project -Sync");

        SeenCheck[] seen = [.. result.Clean().Select(SeenCheck.Of)];
        Assert.Equal(["active route", "applied", "objects", "parquet", "sync"], seen.Select(check => check.Target).Order(StringComparer.Ordinal));
        Assert.True(seen.All(check => check.Verdict == "Healthy"), SeenCheck.Unhealthy(seen));
        Assert.Contains("made for this", Evidence(result, "sync"), StringComparison.Ordinal);
        Assert.Contains("farmarcas_si_analitico_diario_produtos: ", Evidence(result, "objects"), StringComparison.Ordinal);
        Assert.Contains("SNAPPY", Evidence(result, "parquet"), StringComparison.Ordinal);
        Assert.Equal(["Intent", "Outcome"], session.Run(
            "Get-AcodeAudit -EventType ConnectionModified | Where-Object { $_.Details['act'] -eq 'start a sync' } | Select-Object -Last 2 | ForEach-Object { \"$($_.Phase)\" }").Clean().Select(phase => $"{phase}"));
        Assert.True(Quiet(session, "After"));
        Assert.Contains("the newest", Evidence(session.Run("Test-AcodeDeployment After $project"), "sync"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_is_not_set_and_a_secret_that_is_not_there_stand_against_it()
    {
        using LabSession session = Open(await sites.HealthyAsync(DatabaseFlavor.MySql));
        string text = await File.ReadAllTextAsync(Source, Cancel);
        string host = Assert.Single(text.Split('\n'), line => line.StartsWith("  host: ", StringComparison.Ordinal));

        await WriteAsync("${ACODE_TEST_NOT_SET}");
        SeenCheck[] seen = Checks(session, "Before");
        Assert.Equal(["configuration", "variables"], seen.Where(check => check.Verdict == "Failed").Select(check => check.Target).Order(StringComparer.Ordinal));
        SeenCheck unset = seen.Single(check => check.Target == "variables");
        Assert.Equal("UndefinedVariable", unset.ErrorId);
        Assert.Contains("ACODE_TEST_NOT_SET", unset.Summary, StringComparison.Ordinal);
        Assert.False(Quiet(session, "Before"));
        // What is not valid is not compared, and no sync is made for it.
        Assert.Equal(
            [("active route", "Healthy", null), ("applied", "Failed", "ConfigurationInvalid"), ("objects", "Unknown", "SyncNotStarted"), ("parquet", "Unknown", "SyncNotStarted"), ("sync", "Unknown", "SyncNotStarted")],
            Checks(session, "After -Sync").Select(check => (check.Target, check.Verdict, check.ErrorId)).Order());

        await WriteAsync("secretsmanager:acode/test/none");
        SeenCheck missing = Checks(session, "Before").Single(check => check.Target == "variables");
        Assert.Equal(("Failed", "NotFound", "SecretNotFound"), (missing.Verdict, missing.Cause, missing.ErrorId));
        Assert.Contains("secretsmanager:acode/test/none", missing.Summary, StringComparison.Ordinal);

        // There, but without the part that the setting means.
        await WriteAsync($"secretsmanager:{LabSecrets.Airbyte}");
        Assert.Equal("SecretIncomplete", Checks(session, "Before").Single(check => check.Target == "variables").ErrorId);

        await WriteAsync($"secretsmanager:{LabSecrets.Primary}");
        ScriptResult good = session.Run("Test-AcodeDeployment Before $project");
        Assert.Equal($"sources/{AirbyteProvisioning.PrimarySource}/configuration.yaml: host: secretsmanager:{LabSecrets.Primary}: readable", Evidence(good, "variables"));

        Task WriteAsync(string reference) => File.WriteAllTextAsync(Source, text.Replace(host, $"  host: {reference}", StringComparison.Ordinal), Cancel);
    }

    [Fact]
    public async Task Without_an_active_route_nothing_can_be_judged_and_no_sync_is_made()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = Open(site);
        Guid route = (Guid)session.Run("(Get-AcodeRoute -Active).ConnectionId").Only.BaseObject;
        try
        {
            await PatchAsync(site, $"connections/{route}", new JsonObject { ["status"] = "inactive" });

            SeenCheck[] seen = Checks(session, "After -Sync");

            Assert.Equal(("Failed", "NoActiveRoute"), seen.Where(check => check.Target == "active route").Select(check => (check.Verdict, check.ErrorId)).Single());
            Assert.All(seen.Where(check => check.Target is "sync" or "objects" or "parquet"), check => Assert.Equal(("Unknown", "SyncNotStarted"), (check.Verdict, check.ErrorId)));
            Assert.All(Checks(session, "After").Where(check => check.Target is "sync" or "objects" or "parquet"), check => Assert.Equal(("Unknown", "ActiveRouteUnclear"), (check.Verdict, check.ErrorId)));
            Assert.False(Quiet(session, "After"));
        }
        finally
        {
            await PatchAsync(site, $"connections/{route}", new JsonObject { ["status"] = "active" });
        }
    }

    [Fact]
    public async Task Another_codec_than_the_files_say_is_told_of_Airbyte_and_of_what_lies_in_the_lake()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = Open(site);
        Guid lake = (Guid)session.Run($"(Get-AcodeConnection {AirbyteProvisioning.PrimaryConnection}).DestinationId").Only.BaseObject;
        session.Run("$null = Start-AcodeSync -Wait").Clean();
        try
        {
            await PatchAsync(site, $"destinations/{lake}", Codec("GZIP"));

            SeenCheck[] seen = Checks(session, "After");

            SeenCheck applied = seen.Single(check => check.Target == "applied");
            Assert.Equal(("Failed", "ConfigurationNotApplied"), (applied.Verdict, applied.ErrorId));
            Assert.Contains("format.compression_codec GZIP -> SNAPPY", applied.Summary, StringComparison.Ordinal);
            SeenCheck parquet = seen.Single(check => check.Target == "parquet");
            Assert.Equal(("Failed", "ParquetUnfit"), (parquet.Verdict, parquet.ErrorId));
            Assert.Contains("SNAPPY, and the destination says GZIP", parquet.Summary, StringComparison.Ordinal);
            Assert.Equal(["Healthy", "Healthy", "Healthy"], seen.Where(check => check.Target is "active route" or "sync" or "objects").Select(check => check.Verdict));
        }
        finally
        {
            await PatchAsync(site, $"destinations/{lake}", Codec("SNAPPY"));
        }

        static JsonObject Codec(string codec) => new() { ["configuration"] = new JsonObject { ["format"] = new JsonObject { ["format_type"] = "Parquet", ["compression_codec"] = codec } } };
    }

    [Fact]
    public async Task A_sync_that_brings_no_rows_is_no_proof()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        using LabSession session = Open(site);
        try
        {
            await AgeAsync(site);
            await FaultAsync(site, "job_zero_rows");
            SeenCheck[] seen = Checks(session, "After -Sync");

            Assert.Equal(("Failed", "SyncBroughtNothing"), seen.Where(check => check.Target == "sync").Select(check => (check.Verdict, check.ErrorId)).Single());
            Assert.Equal(("Failed", "ObjectsMissing"), seen.Where(check => check.Target == "objects").Select(check => (check.Verdict, check.ErrorId)).Single());
            Assert.Equal(("Unknown", "ObjectsMissing"), seen.Where(check => check.Target == "parquet").Select(check => (check.Verdict, check.ErrorId)).Single());

            await FaultAsync(site, "job_fail", ("failureType", "config_error"));
            seen = Checks(session, "After -Sync");
            Assert.Equal(("Failed", "SyncFailed"), seen.Where(check => check.Target == "sync").Select(check => (check.Verdict, check.ErrorId)).Single());
            Assert.All(seen.Where(check => check.Target is "objects" or "parquet"), check => Assert.Equal(("Unknown", "SyncNotSucceeded"), (check.Verdict, check.ErrorId)));
            Assert.False(Quiet(session, "After"));
        }
        finally
        {
            session.Run("$null = Start-AcodeSync -Wait").Clean();
        }
    }

    // S3 tells times to the second: until what others have just written is older than that, a sync which begins now might have written it.
    private static async Task AgeAsync(LabSite site)
    {
        using AmazonS3Client storage = site.OpenStorageAsAdministrator();
        while (await NewestAsync(storage) > DateTime.UtcNow.AddSeconds(-4))
        {
            await Task.Delay(200, Cancel);
        }
    }

    private static async Task<DateTime> NewestAsync(AmazonS3Client storage)
    {
        DateTime newest = DateTime.MinValue;
        await foreach (S3Object stored in storage.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = StorageBuckets.Primary }).S3Objects.WithCancellation(Cancel))
        {
            DateTime written = stored.LastModified?.ToUniversalTime() ?? DateTime.MinValue;
            newest = written > newest ? written : newest;
        }

        return newest;
    }

    [Fact]
    public async Task Under_WhatIf_not_one_changing_request_leaves_and_what_was_not_tried_is_unknown()
    {
        LabSite site = await sites.HealthyAsync(DatabaseFlavor.MySql);
        await using RecordedSite recorded = await RecordedSite.StartAsync(site, Cancel);
        using LabSession session = recorded.Open("lab").With("project", Project);
        session.Run("$null = Import-AcodeConfiguration $project").Clean();
        foreach (string line in (string[])["Test-AcodeDeployment Before $project -WhatIf", "Test-AcodeDeployment After $project -Sync -WhatIf"])
        {
            RecordedSite.Trace before = recorded.Look();
            ScriptResult result = session.Run(line);
            Assert.NotEmpty(result.Clean());
            Assert.Contains(line.Contains("Before", StringComparison.Ordinal) ? "canary" : "Start a sync", result.HostText, StringComparison.Ordinal);
            RecordedRequest[] changes = [.. recorded.Since(before).Where(request => request.IsMutating)];
            Assert.True(changes.Length == 0, $"{line}:\n{string.Join<RecordedRequest>('\n', changes)}");
            Assert.Equal(before.Files, recorded.Look().Files);
            Assert.All(result.Output.Select(SeenCheck.Of).Where(check => check.Component == "Storage" && check.Target != "audit"), check => Assert.Equal(("Unknown", "StorageNotTried"), (check.Verdict, check.ErrorId)));
        }
    }

    [Theory]
    [InlineData("Test-AcodeDeployment Before $project -Sync", "SyncBeforeDeployment")]
    [InlineData("Test-AcodeDeployment Before", "ConfigurationNotDefined")]
    [InlineData("Test-AcodeDeployment After $project/none", "ConfigurationFolderNotFound")]
    public async Task What_makes_no_sense_is_an_error(string command, string id)
    {
        using LabSession session = Open(await sites.HealthyAsync(DatabaseFlavor.MySql));
        Assert.Equal(id, $"{session.Run($"try {{ {command} }} catch {{ ($_.FullyQualifiedErrorId -split ',')[0] }}").Only}");
    }

    private LabSession Open(LabSite site)
    {
        LabSession session = new LabSession(site).With("project", Project);
        session.Run("$null = Import-AcodeConfiguration $project").Clean();
        return session;
    }

    private static SeenCheck[] Checks(LabSession session, string arguments) => [.. session.Run($"Test-AcodeDeployment {arguments} -Path $project").Clean().Select(SeenCheck.Of)];

    private static bool Quiet(LabSession session, string arguments) => (bool)session.Run($"Test-AcodeDeployment {arguments} -Path $project -Quiet").Only.BaseObject;

    private static string Evidence(ScriptResult result, string target) =>
        string.Join('\n', (IReadOnlyList<string>)result.Clean().Single(check => (string)check.Properties["Target"].Value == target).Properties["Evidence"].Value);

    private static async Task PatchAsync(LabSite site, string path, JsonObject change)
    {
        using AirbyteClient airbyte = await AirbyteClient.OpenAsync(new Uri(site.Airbyte.Endpoint), site.Airbyte.Folder, CancellationToken.None);
        await airbyte.SendAsync(HttpMethod.Patch, $"/api/public/v1/{path}", change, CancellationToken.None);
    }

    private static async Task FaultAsync(LabSite site, string kind, (string Name, string Value)? also = null)
    {
        JsonObject fault = new() { ["kind"] = kind };
        if (also is { } more)
        {
            fault[more.Name] = more.Value;
        }

        using HttpResponseMessage set = await Http.PostAsJsonAsync(new Uri($"{site.Airbyte.Endpoint}/lab/faults"), fault, Cancel);
        set.EnsureSuccessStatusCode();
    }
}
