using System.Text;
using AcodeOps.Audit;
using AcodeOps.Core.Tests.Audit.Verification;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Audit;

/// <summary>What a record may say of people, since nobody can take it out again.</summary>
public sealed class PersonalDataTests
{
    private static readonly AuditDefinition Keyed = new() { IdentifierKey = new(CredentialHolder.EnvironmentVariable, "AUDIT_KEY") };

    [Fact]
    public async Task Facts_under_names_that_are_not_allowed_are_withheld_and_named()
    {
        TrailSite site = new() { Audit = new() { AllowedDetails = ["tenant"] } };

        AuditRecord record = await GiveAsync(site, new()
        {
            ["ticket"] = "OPS-1",
            ["tenant"] = "norte",
            ["patient"] = "Maria das Dores",
            ["born"] = 1962,
            ["urgent"] = true,
            ["password"] = "canary",
            ["source"] = new Dictionary<string, object?> { ["host"] = "db1", ["owner"] = "Maria das Dores" },
        });

        Assert.Equal(("OPS-1", "norte", "(withheld)", "(withheld)", true, "***"), (record.Details["ticket"], record.Details["tenant"], record.Details["patient"], record.Details["born"], record.Details["urgent"], record.Details["password"]));
        Assert.Equal(["patient", "born", "owner"], record.WithheldDetails);
        Assert.DoesNotContain("Maria", Stored(site), StringComparison.Ordinal);
        Assert.DoesNotContain("1962", Stored(site), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_addresses_and_cpf_numbers_are_taken_out_of_what_people_write()
    {
        TrailSite site = new();

        AuditRecord record = await site.Trail("a").WriteAsync(new AuditEvent
        {
            EventType = AuditEventType.DataAccess,
            Subject = "sales of maria.dores+x@farmacia.com.br",
            Reason = "asked for by CPF 529.982.247-25",
            Outcome = "sent to joao@exemplo.com",
            GivenDetails = new Dictionary<string, object?> { ["ticket"] = "for ana@exemplo.com" },
        }, TestContext.Current.CancellationToken);

        Assert.Equal(("sales of (withheld)", "asked for by CPF (withheld)", "sent to (withheld)", "for (withheld)"), (record.Subject, record.Reason, record.Outcome, record.Details["ticket"]));
    }

    [Fact]
    public async Task With_a_key_people_are_keyed_hashes_that_can_be_found_again()
    {
        Keys keys = new("a secret of some length");
        TrailSite site = new() { Audit = Keyed, Credentials = keys };
        Pseudonyms pseudonyms = new(new SecretText("a secret of some length")), others = new(new SecretText("another"));

        AuditRecord record = await GiveAsync(site, new() { ["patient"] = "Maria das Dores" });

        Assert.Equal((pseudonyms.Of("ana"), pseudonyms.Of("Maria das Dores")), (record.User, record.Details["patient"]));
        Assert.Equal($"arn:aws:iam::123456789012:user/{pseudonyms.Of("ana")}", record.CallerArn);
        Assert.Matches("^hmac:[0-9a-f]{8}:[0-9a-f]{32}$", record.User);
        Assert.NotEqual(others.Of("ana"), record.User);
        Assert.Contains(record.User, await Pseudonyms.NamesOfAsync(["ana"], site.Installation, TestContext.Current.CancellationToken));
        Assert.Equal(Verdict.Healthy, (await site.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task Without_the_key_at_hand_nobody_is_named_in_clear_instead()
    {
        TrailSite site = new() { Audit = Keyed, Credentials = new Keys(null) };

        AuditRecord record = await site.WriteAsync("a");

        Assert.Equal(("(withheld)", null), (record.User, record.CallerArn));
        Assert.Contains("key", record.CallerUnknownBecause, StringComparison.Ordinal);
        Assert.DoesNotContain("ana", Stored(site), StringComparison.Ordinal);
    }

    private static Task<AuditRecord> GiveAsync(TrailSite site, Dictionary<string, object?> given) => site.Trail("a").WriteAsync(
        new AuditEvent { EventType = AuditEventType.DataAccess, GivenDetails = given }, TestContext.Current.CancellationToken);

    private static string Stored(TrailSite site) => Encoding.UTF8.GetString(site.Store[Assert.Single(site.Store.Keys)].Content);

    private sealed class Keys(string? key) : ICredentialStore
    {
        public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) => key is null
            ? throw new AcodeException("SecretAccessDenied", FailureClass.Permission, "No.")
            : Task.FromResult(new Credential { Reference = reference, Password = new SecretText(key) });

        public void Forget(CredentialReference reference)
        {
        }

        public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new NotSupportedException();
    }
}
