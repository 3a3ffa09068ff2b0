using System.Security;
using AcodeOps.Audit;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Audit;

public sealed class AuditDetailsTests
{
    private const string Canary = "canary-5f1e";

    [Theory]
    [InlineData("password")]
    [InlineData("MySQL_Password")]
    [InlineData("ACODE_PASS")]
    [InlineData("client-secret")]
    [InlineData("secretAccessKey")]
    [InlineData("aws_session_token")]
    [InlineData("ApiKey")]
    [InlineData("connectionString")]
    [InlineData("Authorization")]
    [InlineData("senha")]
    public void Values_of_telling_names_are_masked_at_every_level(string name)
    {
        Dictionary<string, object?> facts = new() { ["outer"] = new object[] { new Dictionary<string, object?> { [name] = Canary } }, [name] = new[] { Canary } };

        Assert.DoesNotContain(Canary, WrittenWith(facts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://ana:canary-5f1e@db.invalid/acode")]
    [InlineData("https://ana:canary-5f1e@proxy.invalid")]
    [InlineData("Server=db;Uid=ana;Pwd=canary-5f1e;SslMode=None")]
    [InlineData("--password=canary-5f1e failed")]
    [InlineData("{\"password\": \"canary-5f1e\"}")]
    [InlineData("password: canary-5f1e")]
    [InlineData("export ACODE_PASS='canary-5f1e'")]
    [InlineData("authorization: Bearer canary-5f1e")]
    [InlineData("https://s3.invalid/x?X-Amz-Security-Token=canary-5f1e&X-Amz-Signature=canary-5f1e")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\ncanary-5f1e\n-----END RSA PRIVATE KEY-----")]
    [InlineData("https://hooks.slack.com/services/T0/B0/canary-5f1e")]
    public void Secrets_in_text_are_masked(string text)
    {
        Assert.DoesNotContain(Canary, AuditDetails.Clean(text)!, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, WrittenWith(new Dictionary<string, object?> { ["command"] = text }), StringComparison.Ordinal);
    }

    [Fact]
    public void Holders_of_secrets_are_masked_whatever_they_are_called()
    {
        using SecureString secure = new();
        Array.ForEach(Canary.ToCharArray(), secure.AppendChar);
        Credential credential = new() { Reference = new(CredentialHolder.EnvironmentVariable, "X"), Password = new SecretText(Canary) };
        Dictionary<string, object?> facts = new()
        {
            ["a"] = secure,
            ["b"] = new SecretText(Canary),
            ["c"] = credential,
            ["d"] = new AwsKeys("AKIA", new SecretText(Canary), null),
            ["e"] = new List<object?> { secure, credential },
        };

        Assert.Equal(["***", "***", "***", "***"], AuditDetails.Clean(facts).Values.Take(4));
        Assert.DoesNotContain(Canary, WrittenWith(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_secrets_and_plain_facts_stay_readable()
    {
        Dictionary<string, object?> facts = new()
        {
            ["secret_name"] = "acode/mysql/primary",
            ["reference"] = "secretsmanager:acode/mysql/primary",
            ["has_password"] = true,
            ["url"] = "http://airbyte-server:8001/api",
            ["message"] = "Access denied for user 'ana'@'10.0.0.1'",
            ["keys"] = new[] { "idpk" },
        };

        IReadOnlyDictionary<string, object?> clean = AuditDetails.Clean(facts);

        Assert.All(facts.Keys.Where(key => key != "keys"), key => Assert.Equal(facts[key], clean[key]));
    }

    [Fact]
    public void Objects_of_any_shape_become_plain_facts()
    {
        Dictionary<string, object?> clean = new(AuditDetails.Clean(new Dictionary<string, object?>
        {
            ["enum"] = Verdict.Failed,
            ["int"] = 5,
            ["decimal"] = 1.5m,
            ["nan"] = double.NaN,
            ["huge"] = ulong.MaxValue / 2,
            ["time"] = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.FromHours(-3)),
            ["span"] = TimeSpan.FromMinutes(90),
            ["reference"] = new CredentialReference(CredentialHolder.Profile, "ops"),
            ["hashtable"] = new System.Collections.Hashtable { [1] = "one" },
        }));

        Assert.Equal("Failed", clean["enum"]);
        Assert.Equal(5L, clean["int"]);
        Assert.Equal(1.5, clean["decimal"]);
        Assert.Equal("NaN", clean["nan"]);
        Assert.Equal(long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture), clean["huge"]);
        Assert.Equal("2026-11-24T03:00:00.000+00:00", clean["time"]);
        Assert.Equal("01:30:00", clean["span"]);
        Assert.Equal("profile:ops", clean["reference"]);
        Assert.Equal("one", Assert.IsType<Dictionary<string, object?>>(clean["hashtable"])["1"]);
    }

    [Fact]
    public void A_map_that_holds_itself_or_is_huge_ends()
    {
        Dictionary<string, object?> loop = [];
        loop["self"] = loop;
        loop["many"] = Enumerable.Range(0, 1_000_000);
        loop["long"] = new string('x', 1_000_000);

        Assert.InRange(WrittenWith(loop).Length, 1, 100_000);
    }

    [Fact]
    public void A_number_too_large_for_a_record_is_kept_as_text() =>
        Assert.Equal("18446744073709551615", AuditDetails.Clean(new Dictionary<string, object?> { ["n"] = ulong.MaxValue })["n"]);

    private static string WrittenWith(Dictionary<string, object?> facts) => System.Text.Encoding.UTF8.GetString(AuditSerializer.Write(new AuditRecord
    {
        Id = "1",
        At = DateTimeOffset.UnixEpoch,
        EventType = AuditEventType.DataAccess,
        User = "ana",
        Details = AuditDetails.Clean(facts),
    }));
}
