using System.Text.Json.Nodes;

namespace AcodeOps.Core.Tests.Audit.Verification;

/// <summary>Whoever can write to the storage and knows how everything is made, tries to change what was recorded.</summary>
public sealed class TamperingTests
{
    private const string Session = "session1";

    /// <summary>What is done to the trail, and what the verification has to call it.</summary>
    private static readonly Dictionary<string, (Action<TrailSite> Do, AuditFaultKind Found)> Tamperings = new()
    {
        ["a record's text changed"] = (site => site.Change(site.KeyOf(Session, 3), json => json["user_id"] = "bob", rehash: false), AuditFaultKind.Altered),
        ["a record's text changed and its hash made anew"] = (site => site.Change(site.KeyOf(Session, 3), json => json["user_id"] = "bob", rehash: true), AuditFaultKind.Altered),
        ["a record changed and all hashes after it made anew"] = (site => Rewrite(site, from: 3), AuditFaultKind.Altered),
        ["a field taken out of a record"] = (site => site.Change(site.KeyOf(Session, 3), json => json.Remove("caller"), rehash: false), AuditFaultKind.Altered),
        ["a name put twice into a record"] = (site => site.Store.Set(site.KeyOf(Session, 3), [.. "{\"user_id\":\"bob\","u8, .. site.Store[site.KeyOf(Session, 3)].Content.AsSpan(1)]), AuditFaultKind.Damaged),
        ["a record cut short"] = (site => site.Store.Set(site.KeyOf(Session, 3), site.Store[site.KeyOf(Session, 3)].Content[..40]), AuditFaultKind.Damaged),
        ["a record emptied"] = (site => site.Store.Set(site.KeyOf(Session, 3), []), AuditFaultKind.Damaged),
        ["a record deleted"] = (site => site.Store.Remove(site.KeyOf(Session, 3)), AuditFaultKind.Missing),
        ["the first record of a session deleted"] = (site => site.Store.Remove(site.KeyOf(Session, 1)), AuditFaultKind.Missing),
        ["the last records of a session deleted"] = (site => Each([5, 6], sequence => site.Store.Remove(site.KeyOf("session0", sequence))), AuditFaultKind.Missing),
        ["a whole session deleted"] = (site => Each([1, 2, 3, 4, 5, 6], sequence => site.Store.Remove(site.KeyOf("session0", sequence))), AuditFaultKind.Missing),
        ["a record deleted and the next tied to the one before"] = (Bridge, AuditFaultKind.Missing),
        ["two records exchanged"] = (site => Exchange(site, site.KeyOf(Session, 2), site.KeyOf(Session, 3)), AuditFaultKind.Renamed),
        ["two records' numbers exchanged and everything hashed anew"] = (Reorder, AuditFaultKind.Altered),
        ["a record moved to another day"] = (site => Move(site, site.KeyOf(Session, 3), "2026/11/20"), AuditFaultKind.Renamed),
        ["a record dated back, renamed and hashed anew"] = (DateBack, AuditFaultKind.Altered),
        ["a copy of a record under another name"] = (site => site.Store.Set(site.KeyOf(Session, 3).Replace("_090", "_100", StringComparison.Ordinal), site.Store[site.KeyOf(Session, 3)].Content), AuditFaultKind.Renamed),
        ["a second record put in the place of one in the chain"] = (site => Forge(site, site.KeyOf(Session, 3), json => json["subject"] = "forged"), AuditFaultKind.Forked),
        ["a record put at the end of a chain of a closed day"] = (site => Forge(site, site.KeyOf("session0", 6), json => (json["chain"]!["previous"], json["chain"]!["sequence"]) = ((string)json["hash"]!, 7)), AuditFaultKind.NotAnchored),
        ["a session made up on a closed day"] = (site => Forge(site, site.KeyOf(Session, 1), json => json["session_id"] = "forged"), AuditFaultKind.NotAnchored),
        ["a record turned into one of an earlier version"] = (site => site.Change(site.KeyOf(Session, 3), json => Each(["chain", "hash"], name => json.Remove(name), () => json["schema_version"] = 1), rehash: false), AuditFaultKind.Missing),
        ["a digest changed"] = (site => site.Change(TrailSite.DigestKeyOf(1), json => json["made_at"] = "2026-11-21T00:00:00.000+00:00", rehash: false), AuditFaultKind.DigestAltered),
        ["a digest changed and its hash made anew"] = (site => site.Change(TrailSite.DigestKeyOf(1), json => json["made_at"] = "2026-11-21T00:00:00.000+00:00", rehash: true), AuditFaultKind.DigestAltered),
        ["the newest digest changed and its hash made anew"] = (site => site.Change(TrailSite.DigestKeyOf(2), json => json["made_at"] = "2026-11-21T00:00:00.000+00:00", rehash: true), AuditFaultKind.DigestAltered),
        ["a digest deleted"] = (site => site.Store.Remove(TrailSite.DigestKeyOf(1)), AuditFaultKind.DigestMissing),
        ["the newest digest deleted"] = (site => site.Store.Remove(TrailSite.DigestKeyOf(2)), AuditFaultKind.DigestMissing),
        ["a digest and its copy deleted"] = (site => Each([TrailSite.DigestKeyOf(1)], site.Store.Remove, () => site.Backup.Remove(TrailSite.CopyKeyOf(1))), AuditFaultKind.DigestMissing),
        ["two digests exchanged"] = (site => Exchange(site, TrailSite.DigestKeyOf(0), TrailSite.DigestKeyOf(1)), AuditFaultKind.DigestAltered),
        ["a digest emptied"] = (site => site.Store.Set(TrailSite.DigestKeyOf(1), []), AuditFaultKind.DigestAltered),
        ["a day deleted with its digest"] = (site => Each([.. site.RecordKeys().Where(key => key.Contains("/11/21/", StringComparison.Ordinal))], site.Store.Remove, () => site.Store.Remove(TrailSite.DigestKeyOf(1))), AuditFaultKind.Missing),
    };

    public static TheoryData<string> Names => [.. Tamperings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_kind_of_tampering_is_found_and_named(string name)
    {
        TrailSite site = await TrailSite.NewAsync();
        (Action<TrailSite> tamper, AuditFaultKind found) = Tamperings[name];

        tamper(site);
        AuditVerification verification = await site.VerifyAsync();

        Assert.Contains(verification.Faults, fault => fault.Kind == found);
        Assert.Equal(found is AuditFaultKind.NotAnchored ? Verdict.Degraded : Verdict.Failed, verification.Verdict);
    }

    [Fact]
    public async Task A_trail_that_nobody_touched_is_healthy()
    {
        TrailSite site = await TrailSite.NewAsync();

        AuditVerification verification = await site.VerifyAsync();

        Assert.Empty(verification.Faults);
        Assert.Equal((Verdict.Healthy, 19L, 3, 3), (verification.Verdict, verification.Records, verification.Sessions, verification.Digests));
        Assert.Equal(new DateOnly(2026, 11, 22), verification.AnchoredTo);
        Assert.Equal((string)site.Json(TrailSite.DigestKeyOf(2))["hash"]!, verification.Head);
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> act, Action? then = null)
    {
        foreach (T item in items.ToList())
        {
            act(item);
        }

        then?.Invoke();
    }

    private static void Rewrite(TrailSite site, long from)
    {
        string? hash = null;
        for (long sequence = from; sequence <= 7; sequence++)
        {
            string? before = hash;
            hash = site.Change(site.KeyOf(Session, sequence), json => Each([before], value =>
            {
                json["user_id"] = "bob";
                json["chain"]!["previous"] = value ?? (string?)json["chain"]!["previous"];
            }), rehash: true);
        }
    }

    private static void Bridge(TrailSite site)
    {
        JsonObject gone = site.Json(site.KeyOf(Session, 3));
        site.Store.Remove(site.KeyOf(Session, 3));
        site.Change(site.KeyOf(Session, 4), json => json["chain"]!["previous"] = (string)gone["chain"]!["previous"]!, rehash: true);
    }

    private static void Reorder(TrailSite site)
    {
        string second = site.KeyOf(Session, 2), third = site.KeyOf(Session, 3);
        string? before = (string?)site.Json(second)["chain"]!["previous"];
        string hash = site.Change(third, json => (json["chain"]!["sequence"], json["chain"]!["previous"]) = (2, before), rehash: true);
        hash = site.Change(second, json => (json["chain"]!["sequence"], json["chain"]!["previous"]) = (3, hash), rehash: true);
        site.Change(site.KeyOf(Session, 4), json => json["chain"]!["previous"] = hash, rehash: true);
    }

    private static void Exchange(TrailSite site, string one, string other)
    {
        (byte[] first, byte[] second) = (site.Store[one].Content, site.Store[other].Content);
        site.Store.Set(one, second);
        site.Store.Set(other, first);
    }

    private static void Move(TrailSite site, string key, string day)
    {
        byte[] content = site.Store[key].Content;
        site.Store.Remove(key);
        site.Store.Set($"logs/acode_audit/{day}/{key[(key.LastIndexOf('/') + 1)..]}", content);
    }

    private static void DateBack(TrailSite site)
    {
        string key = site.KeyOf(Session, 3);
        site.Change(key, json => json["timestamp"] = ((string)json["timestamp"]!).Replace("2026-11-21", "2026-11-20", StringComparison.Ordinal), rehash: true);
        Move(site, key, "2026/11/20");
    }

    // A record of its own, whole, under its own name.
    private static void Forge(TrailSite site, string like, Action<JsonObject> change)
    {
        JsonObject json = site.Json(like);
        string id = (string)json["id"]!, other = "9" + id[1..];
        json["id"] = other;
        change(json);
        site.Put(like.Replace(id, other, StringComparison.Ordinal), json, rehash: true);
    }
}
