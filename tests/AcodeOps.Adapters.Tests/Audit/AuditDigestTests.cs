using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Lab;
using AcodeOps.Audit;
using AcodeOps.Health;
using AcodeOps.Health.Probes;
using AcodeOps.Lab;
using AcodeOps.Lab.Servers.Databases;
using AcodeOps.Lab.Servers.Storage;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>Digests on a real S3 server with Object Lock, signed by keys that a secret holds, or KMS.</summary>
public sealed class AuditDigestTests(LabFixture lab)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Digests_are_signed_by_a_key_of_kms()
    {
        LabSite site = await lab.SiteAsync(DatabaseFlavor.MariaDb);
        using AmazonKeyManagementServiceClient kms = new("lab", "lab", new AmazonKeyManagementServiceConfig { ServiceURL = site.Cloud.Endpoint, AuthenticationRegion = StorageBuckets.Region });
        CreateKeyResponse key = await kms.CreateKeyAsync(new CreateKeyRequest { KeySpec = KeySpec.ECC_NIST_P256, KeyUsage = KeyUsageType.SIGN_VERIFY }, Cancel);

        await SignAndVerifyAsync(site, new CredentialReference(CredentialHolder.Kms, key.KeyMetadata.KeyId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Digests_are_signed_by_a_key_that_a_secret_holds(bool isSec1)
    {
        LabSite site = await lab.SiteAsync(DatabaseFlavor.MariaDb);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string name = $"acode/audit-signing-{Guid.NewGuid():N}";
        await site.Cloud.PutSecretAsync(name, new JsonObject { ["private_key"] = isSec1 ? key.ExportECPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem() }, Cancel);

        await SignAndVerifyAsync(site, new CredentialReference(CredentialHolder.SecretsManager, name));
    }

    [Fact]
    public async Task A_secret_that_holds_no_private_key_is_a_clear_error_that_does_not_tell_it()
    {
        LabSite site = await lab.SiteAsync(DatabaseFlavor.MariaDb);
        string name = $"acode/audit-signing-{Guid.NewGuid():N}";
        await site.Cloud.PutSecretAsync(name, new JsonObject { ["private_key"] = "canary-of-a-key" }, Cancel);
        await using Installation installation = (await AuditInstallation.NewAsync(lab, site) with { Audit = new() { SigningKey = new(CredentialHolder.SecretsManager, name) } }).Open();

        AcodeException e = await Assert.ThrowsAsync<AcodeException>(() => installation.AuditSigner!.SignAsync("sha256:00", Cancel));

        Assert.Equal("SigningKeyInvalid", e.Id);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lock_that_a_record_has_is_read_from_the_server()
    {
        LabSite site = await lab.SiteAsync(DatabaseFlavor.MariaDb);
        AuditInstallation asked = await AuditInstallation.NewAsync(lab, site, StorageBuckets.Audit) with { Audit = new() { Lock = AuditLock.Governance, RetentionDays = 2 } };
        await asked.WriteAsync();
        AuditInstallation open = await AuditInstallation.NewAsync(lab, site) with { Audit = asked.Audit };
        AuditRecord unlocked = await (open with { Audit = new() }).WriteAsync();

        Assert.Equal(Verdict.Healthy, (await ObserveAsync(asked)).Verdict);
        Assert.Equal(Verdict.Degraded, (await ObserveAsync(asked with { Audit = new() { Lock = AuditLock.Compliance, RetentionDays = 2 } })).Verdict);
        Assert.Equal(Verdict.Degraded, (await ObserveAsync(asked with { Audit = new() { Lock = AuditLock.Governance, RetentionDays = 2555 } })).Verdict);
        Assert.Equal(Verdict.Failed, (await ObserveAsync(open)).Verdict);
        await using Installation installation = open.Open();
        Assert.Null(await installation.Storage(StorageRole.Audit).ReadRetentionAsync(unlocked.Location![$"s3://{open.Bucket}/".Length..], Cancel));
    }

    private static async Task<Observation> ObserveAsync(AuditInstallation of)
    {
        await using Installation installation = of.Open();
        return await new AuditRetentionProbe().ObserveAsync(new HealthContext(installation, Cancel), "retention", Cancel);
    }

    private async Task SignAndVerifyAsync(LabSite site, CredentialReference key)
    {
        MovableClock clock = new() { Now = DateTimeOffset.UtcNow.AddDays(-2) };
        AuditInstallation trail = await AuditInstallation.NewAsync(lab, site, StorageBuckets.Audit) with
        {
            Clock = clock,
            Audit = new() { SigningKey = key, Lock = AuditLock.Governance, RetentionDays = 3 },
        };
        AuditRecord record = await trail.WriteAsync();
        clock.Now += TimeSpan.FromDays(1.5);
        await using Installation installation = trail.Open();
        AuditDigester digester = new(installation);

        AuditDigest digest = Assert.Single(await digester.MakeAsync(await digester.FindDueAsync(Cancel), Cancel).ToListAsync(Cancel));

        Assert.Equal((record.SessionId, record.Hash), (Assert.Single(digest.Days[0].Chains).SessionId, digest.Days[0].Chains[0].Links[0].Hash));
        using SignatureCheck check = SignatureCheck.Of(await installation.AuditSigner!.ReadPublicKeyAsync(Cancel));
        AuditVerification verification = await new AuditVerifier(new StoredTrail(installation), clock).VerifyAsync(default, check, null, Cancel);
        Assert.Equal((Verdict.Healthy, 1, 1), (verification.Verdict, verification.Digests, verification.SignedDigests));
        Assert.NotNull(await installation.Storage(StorageRole.Audit).ReadRetentionAsync(trail.Prefix + DigestKey.Of(digest.Day), Cancel));
        Assert.Empty(await digester.FindDueAsync(Cancel));
    }
}
