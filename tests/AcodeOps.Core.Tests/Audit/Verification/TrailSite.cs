using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AcodeOps.Audit;
using AcodeOps.Secrets;

namespace AcodeOps.Core.Tests.Audit.Verification;

/// <summary>A trail in memory of several sessions over several days, with its digests and their copies, to be tampered with.</summary>
internal sealed class TrailSite : ICallerIdentity, IIdentifierSource
{
    private readonly Dictionary<string, AuditOrigin> _sessions = [];
    private long _last;

    private TestInstallation? _installation;

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; init; } = new("logs/");

    public MemoryStore Backup { get; } = new("lake/", StorageRole.Backup);

    public MemorySpool Spool { get; } = new();

    public TestInstallation Installation => _installation ??= new()
    {
        Environment = TestInstallation.Definition with { Storages = [Store.Definition, Backup.Definition], Audit = Audit },
        Clock = Clock,
        CallerIdentity = this,
        IdentifierSource = this,
        Spool = Spool,
        Storages = { [StorageRole.Audit] = Store, [StorageRole.Backup] = Backup },
        DigestSigner = () => Signer,
        CredentialStore = Credentials,
    };

    public AuditDefinition Audit { get; init; } = new() { LegalBasis = "company policy 7" };

    public ICredentialStore? Credentials { get; init; }

    public IAuditSigner? Signer { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Three days, three sessions, each day six records and its digest; the fourth day has begun.</summary>
    public static async Task<TrailSite> NewAsync()
    {
        TrailSite site = new();
        for (int day = 0; day < 3; day++)
        {
            for (int i = 0; i < 6; i++)
            {
                await site.WriteAsync($"session{i % 3}");
            }

            site.Clock.Advance(TimeSpan.FromDays(1));
            await site.DigestAsync();
        }

        await site.WriteAsync("session1");
        return site;
    }

    public AuditTrail Trail(string session) => AuditTrail.Of(
        Installation,
        _sessions.TryGetValue(session, out AuditOrigin? origin) ? origin : _sessions[session] = new AuditOrigin("ana", "ops-1", 4711, "0.1.0", "7.6.9", session));

    public async Task<AuditRecord> WriteAsync(string session, AuditPhase phase = AuditPhase.Event, string? subject = null, string? runId = null)
    {
        AuditRecord record = await Trail(session).WriteAsync(new AuditEvent { EventType = AuditEventType.DataAccess, Phase = phase, Subject = subject, RunId = runId }, Cancel);
        Clock.Advance(TimeSpan.FromSeconds(1));
        return record;
    }

    public async Task<List<AuditDigest>> DigestAsync()
    {
        AuditDigester digester = new(Installation);
        return await digester.MakeAsync(await digester.FindDueAsync(Cancel), Cancel).ToListAsync(Cancel);
    }

    public Task<AuditVerification> VerifyAsync(AuditSpan span = default, SignatureCheck? key = null) =>
        new AuditVerifier(new StoredTrail(Installation), Clock).VerifyAsync(span, key, null, Cancel);

    /// <summary>The key of a session's record.</summary>
    public string KeyOf(string session, long sequence) => RecordKeys().Single(key =>
        (string)Json(key)["session_id"]! == session && (long)Json(key)["chain"]!["sequence"]! == sequence);

    public IEnumerable<string> RecordKeys() => Store.Keys.Where(key => key.StartsWith("logs/acode_audit/", StringComparison.Ordinal));

    public static string DigestKeyOf(int day) => $"logs/acode_audit_digests/2026/11/{(20 + day).ToString(CultureInfo.InvariantCulture)}.json";

    public static string CopyKeyOf(int day) => $"lake/acode_audit_digests/2026/11/{(20 + day).ToString(CultureInfo.InvariantCulture)}.json";

    public JsonObject Json(string key) => JsonNode.Parse(Store[key].Content)!.AsObject();

    /// <summary>Puts a record, or a digest, back changed: its hash as it was, or made anew.</summary>
    public string Change(string key, Action<JsonObject> change, bool rehash)
    {
        JsonObject json = Json(key);
        change(json);
        return Put(key, json, rehash);
    }

    public string Put(string key, JsonObject json, bool rehash)
    {
        if (rehash)
        {
            using JsonDocument document = JsonDocument.Parse(json.ToJsonString());
            json["hash"] = DigestSerializer.IsDigest(document.RootElement) ? DigestSerializer.HashOf(document.RootElement) : AuditSerializer.HashOf(document.RootElement);
        }

        Store.Set(key, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        return (string)json["hash"]!;
    }

    public Task<CallerIdentity> ReadAsync(CancellationToken cancel) => Task.FromResult(new CallerIdentity("123456789012", "arn:aws:iam::123456789012:user/ana", "AIDA"));

    public string Next(DateTimeOffset at) => Interlocked.Increment(ref _last).ToString("00000000000000000000000000", CultureInfo.InvariantCulture);
}
