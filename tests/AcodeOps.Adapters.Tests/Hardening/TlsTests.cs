using AcodeOps.Adapters.Airbyte;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Notifications;
using AcodeOps.Adapters.Secrets;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Adapters.Tests.Aws;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Hardening;

/// <summary>Whoever cannot prove to be the server is told nothing, and is no outage either.</summary>
public sealed class TlsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<Uri, Task>> Clients = new()
    {
        ["Airbyte"] = async url => await new AirbyteServer(new AirbyteDefinition { Url = url, Authentication = AirbyteAuthentication.ClientCredentials, Credential = HeldCredential.Reference }, new HeldCredential(), TimeProvider.System).ReadInstanceAsync(Cancel),
        ["S3"] = url => AwsFixture.Store("lake", AwsFixture.Account(url)).GetAsync("k", Cancel),
        ["Secrets Manager"] = url => new CredentialStore(Account(url)).ReadAsync(HeldCredential.Reference, Cancel),
        ["STS"] = url => new StsCallerIdentity(Account(url)).ReadAsync(Cancel),
        ["KMS"] = url => new KmsSigner("alias/audit", Account(url)).ReadPublicKeyAsync(Cancel),
        ["webhook"] = url => new HttpNotifier(new HeldCredential(url.AbsoluteUri), TimeProvider.System).SendAsync(
            new NotificationDefinition { Name = "team", Kind = NotificationChannelKind.Webhook, Credential = HeldCredential.Reference },
            new Notification { IncidentId = "i-1", Phase = default, Title = "canary", Severity = NotificationSeverity.Error, Environment = "test", At = DateTimeOffset.UtcNow }, Cancel),
    };

    public static TheoryData<string> Names => [.. Clients.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_certificate_that_nobody_vouches_for_ends_the_talk_before_it_begins(string client)
    {
        using TlsServer server = new();

        AcodeException failure = await Assert.ThrowsAsync<AcodeException>(() => Clients[client](server.Url));

        Assert.Equal(0, server.Bytes);
        Assert.False(failure.Cause.IsOutage(), $"{failure.Id}: {failure.Cause}");
    }

    private static AwsAccount Account(Uri url) => new(
        new AwsDefinition { Region = "us-east-2", Endpoints = new AwsEndpoints { S3 = url, SecretsManager = url, Sts = url, Kms = url } },
        new AwsSession(() => new AwsKeys("AKIDEXAMPLE", new SecretText("canary"), null), null));
}
