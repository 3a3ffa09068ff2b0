using System.Security.Cryptography;
using AcodeOps.Audit;

namespace AcodeOps.Core.Tests.Audit.Verification;

public sealed class AuditVerifierTests
{
    private static readonly AcodeException Away = new("StorageUnreachable", FailureClass.Unreachable, "The storage is away.");
    private static readonly AcodeException DiskFull = new("AuditSpoolUnavailable", FailureClass.ReadOnly, "No space left.");

    [Fact]
    public async Task An_act_that_was_begun_and_has_no_outcome_is_named()
    {
        TrailSite site = new();
        await site.WriteAsync("a", AuditPhase.Intent, "Route primary", "run-1");
        await site.WriteAsync("b", AuditPhase.Outcome, "Route primary", "run-1");
        await site.WriteAsync("a", AuditPhase.Intent, "Route primary");
        await site.WriteAsync("a", AuditPhase.Outcome, "Route primary");
        AuditRecord open = await site.WriteAsync("a", AuditPhase.Intent, "Route backup_mysql", "run-2");
        await site.WriteAsync("a", AuditPhase.Outcome, "Route primary", "run-2");

        Assert.Empty((await site.VerifyAsync()).Faults);
        site.Clock.Advance(TimeSpan.FromHours(2));
        AuditVerification verification = await site.VerifyAsync();

        AuditFault fault = Assert.Single(verification.Faults);
        Assert.Equal((AuditFaultKind.Unfinished, open.Id, Verdict.Degraded), (fault.Kind, fault.RecordId, verification.Verdict));
        Assert.Contains("run-2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_answers_the_intents_of_all_attempts_before_it_and_none_after()
    {
        TrailSite site = new();
        await site.WriteAsync("a", AuditPhase.Intent, "x", "run");
        await site.WriteAsync("b", AuditPhase.Intent, "x", "run");
        await site.WriteAsync("b", AuditPhase.Outcome, "x", "run");
        AuditRecord open = await site.WriteAsync("c", AuditPhase.Intent, "x", "run");
        site.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal([open.Id], (await site.VerifyAsync()).Faults.Select(fault => fault.RecordId));
    }

    [Fact]
    public async Task What_the_writer_itself_told_to_be_lost_is_no_fault()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        (site.Store.Fault, site.Spool.Fault) = (Away, DiskFull);
        await Assert.ThrowsAsync<AcodeException>(() => site.WriteAsync("a"));
        (site.Store.Fault, site.Spool.Fault) = (null, null);
        await site.WriteAsync("a");

        Assert.Equal(Verdict.Healthy, (await site.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task Records_that_wait_on_this_machine_are_there()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        site.Store.Fault = Away;
        await site.WriteAsync("a");
        site.Store.Fault = null;
        await site.WriteAsync("a");

        AuditVerification verification = await site.VerifyAsync();

        Assert.Equal((Verdict.Healthy, 3L, 1L), (verification.Verdict, verification.Records, verification.WaitingRecords));
        site.Spool.Waiting.Clear();
        AuditFault missing = Assert.Single((await site.VerifyAsync()).Faults);
        Assert.Equal((AuditFaultKind.Missing, new SequenceRange(2, 2)), (missing.Kind, missing.Sequence));
        Assert.Contains("ana on ops-1", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_after_its_days_digest_is_anchored_by_the_next_and_counted_as_late()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        site.Store.Fault = Away;
        await site.WriteAsync("a");
        site.Store.Fault = null;
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.DigestAsync();
        await site.Trail("a").SyncAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await site.WriteAsync("b");

        AuditFault late = Assert.Single((await site.VerifyAsync()).Faults);
        Assert.Equal((AuditFaultKind.NotAnchored, new SequenceRange(2, 2)), (late.Kind, late.Sequence));

        site.Clock.Advance(TimeSpan.FromDays(1));
        AuditDigest digest = Assert.Single(await site.DigestAsync());
        AuditVerification verification = await site.VerifyAsync();

        Assert.Equal((Verdict.Healthy, 1L), (verification.Verdict, verification.LateRecords));
        Assert.Equal([new DateOnly(2026, 11, 21), new DateOnly(2026, 11, 20)], digest.Days.Select(day => day.Day));
        site.Store.Remove(site.KeyOf("a", 2));
        Assert.Equal(AuditFaultKind.Missing, Assert.Single((await site.VerifyAsync()).Faults).Kind);
    }

    [Fact]
    public async Task Digests_are_made_once_of_days_that_are_over_and_have_records()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        Assert.Empty(await site.DigestAsync());

        site.Clock.Advance(TimeSpan.FromDays(3));
        await site.WriteAsync("a");
        Assert.Equal((1, new DateOnly(2026, 11, 20)), Assert.Single(await site.DigestAsync()) is { } first ? (first.Number, first.Day) : default);
        Assert.Empty(await site.DigestAsync());

        site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((2, new DateOnly(2026, 11, 23)), Assert.Single(await site.DigestAsync()) is { } second ? (second.Number, second.Day) : default);
        Assert.Equal(site.Store.Keys.Count(key => key.Contains(DigestKey.Root, StringComparison.Ordinal)), site.Backup.Keys.Length);
        Assert.Equal(Verdict.Healthy, (await site.VerifyAsync()).Verdict);
    }

    [Fact]
    public async Task Makers_at_once_make_one_line_and_a_copy_that_failed_is_made_up_for()
    {
        TrailSite site = new();
        for (int day = 0; day < 5; day++)
        {
            await site.WriteAsync($"{day}");
            site.Clock.Advance(TimeSpan.FromDays(1));
        }

        site.Backup.Fault = Away;
        await Assert.ThrowsAsync<AcodeException>(site.DigestAsync);
        site.Backup.Fault = null;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(site.DigestAsync)));
        await site.DigestAsync();

        AuditVerification verification = await site.VerifyAsync();

        Assert.Empty(verification.Faults);
        Assert.Equal(5, verification.Digests);
        Assert.Equal(5, site.Backup.Keys.Length);
    }

    [Fact]
    public async Task A_window_judges_only_what_lies_in_it()
    {
        TrailSite site = await TrailSite.NewAsync();
        AuditSpan last = new(new DateOnly(2026, 11, 22), null), first = new(null, new DateOnly(2026, 11, 20));

        Assert.Equal((Verdict.Healthy, 7L), await VerdictOf(last));
        Assert.Equal((Verdict.Healthy, 6L), await VerdictOf(first));
        site.Store.Remove(site.KeyOf("session1", 4));
        Assert.Equal((Verdict.Healthy, 7L), await VerdictOf(last));
        site.Store.Remove(site.KeyOf("session1", 5));
        Assert.Equal((Verdict.Failed, 6L), await VerdictOf(last));

        async Task<(Verdict, long)> VerdictOf(AuditSpan span)
        {
            AuditVerification verification = await site.VerifyAsync(span);
            return (verification.Verdict, verification.Records);
        }
    }

    [Fact]
    public async Task Of_a_window_only_the_digests_that_may_tell_of_it_are_read()
    {
        TrailSite site = await TrailSite.NewAsync();
        site.Store.Asked.Clear();

        await site.VerifyAsync(new AuditSpan(new DateOnly(2026, 11, 22), null));

        Assert.Equal(["get logs/acode_audit_digests/2026/11/22.json"], site.Store.Asked.Where(asked => asked.Contains("get logs/acode_audit_digests", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_trail_that_cannot_be_read_or_holds_nothing_is_unknown()
    {
        TrailSite site = new();
        Assert.Equal(Verdict.Unknown, (await site.VerifyAsync()).Verdict);

        await site.WriteAsync("a");
        site.Store.Fault = Away;
        AuditVerification verification = await site.VerifyAsync();

        Assert.Equal((Verdict.Unknown, AuditFaultKind.Unreadable), (verification.Verdict, Assert.Single(verification.Faults).Kind));
    }

    [Fact]
    public async Task Without_digests_for_days_the_trail_is_degraded()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        site.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(AuditFaultKind.DigestOverdue, Assert.Single((await site.VerifyAsync()).Faults).Kind);
    }

    [Fact]
    public async Task Signed_digests_are_held_against_the_public_key()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        TrailSite site = new() { Signer = new KeySigner(key) };
        await site.WriteAsync("a");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.DigestAsync();
        using SignatureCheck check = SignatureCheck.Of(key.ExportSubjectPublicKeyInfoPem()), wrong = SignatureCheck.Of(other.ExportSubjectPublicKeyInfoPem());

        AuditVerification verification = await site.VerifyAsync(key: check);
        Assert.Equal((Verdict.Healthy, 1), (verification.Verdict, verification.SignedDigests));
        Assert.Equal(AuditFaultKind.SignatureInvalid, Assert.Single((await site.VerifyAsync(key: wrong)).Faults).Kind);

        // With the key, not even whoever exchanges a digest, its copy and everything else goes unseen.
        foreach (string place in (string[])[TrailSite.DigestKeyOf(0)])
        {
            site.Change(place, json => json["made_at"] = "2026-11-21T00:00:00.000+00:00", rehash: true);
        }

        Assert.Contains((await site.VerifyAsync(key: check)).Faults, fault => fault.Kind == AuditFaultKind.SignatureInvalid);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_breaks_no_chain()
    {
        TrailSite site = new();
        await site.WriteAsync("a");
        site.Clock.Advance(TimeSpan.FromDays(-2));
        await site.WriteAsync("a");
        site.Clock.Advance(TimeSpan.FromDays(3));
        await site.WriteAsync("a");
        await site.DigestAsync();

        Assert.Equal((Verdict.Healthy, 3L), ((await site.VerifyAsync()).Verdict, (await site.VerifyAsync()).Records));
    }

    [Fact]
    public async Task A_spoilt_trail_is_told_with_bounded_words_and_whole_counts()
    {
        TrailSite site = new();
        for (int i = 0; i < 1500; i++)
        {
            site.Store.Set($"logs/acode_audit/2026/11/20/data_access_0000{i % 60:00}_{i:00000000000000000000000000}.json", "{}"u8.ToArray());
        }

        AuditVerification verification = await site.VerifyAsync();

        Assert.Equal((1500L, 1000), (verification.FaultCount, verification.Faults.Count));
    }

    private sealed class KeySigner(ECDsa key) : IAuditSigner
    {
        public Task<AuditSignature> SignAsync(string hash, CancellationToken cancel) => Task.FromResult(new AuditSignature(
            SignatureCheck.Algorithm, "test", Convert.ToBase64String(key.SignData(SignatureCheck.DataOf(hash), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))));

        public Task<string> ReadPublicKeyAsync(CancellationToken cancel) => Task.FromResult(key.ExportSubjectPublicKeyInfoPem());
    }
}
