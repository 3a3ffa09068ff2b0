using AcodeOps.Documents;
using AcodeOps.Health;

namespace AcodeOps.Audit;

/// <summary>
/// Verifies a trail from its files alone: each by itself, each chain, the line of digests, what these anchor, and that every act that
/// was begun has an outcome. The order of the files does not matter.
/// </summary>
/// <param name="material">The files.</param>
/// <param name="clock">This machine's clock.</param>
public sealed class AuditVerifier(IAuditMaterial material, TimeProvider clock)
{
    private const int MaxFaults = 1000;

    // A younger intent's act may still be at work.
    private static readonly TimeSpan AtWork = TimeSpan.FromHours(1);
    private static readonly int FilesAtOnce = Math.Max(8, 2 * Environment.ProcessorCount);

    private readonly Dictionary<string, SessionChain> _chains = new(StringComparer.Ordinal);
    private readonly OpenIntents _intents = new();
    private readonly DigestLine _digests = new();
    private readonly SortedSet<DateOnly> _days = [];
    private readonly List<AuditFault> _faults = [];
    private (long All, long Unchained, long Waiting) _records;
    private long _faultCount;

    /// <summary>Reads everything and judges it. A trail that cannot be listed is a fault too: it makes the verdict Unknown.</summary>
    /// <param name="span">The days.</param>
    /// <param name="publicKey">Verifies the digests' signatures; null for not.</param>
    /// <param name="progress">Is told how many files were read.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<AuditVerification> VerifyAsync(AuditSpan span, SignatureCheck? publicKey, IProgress<long>? progress, CancellationToken cancel)
    {
        try
        {
            long files = 0;
            await foreach (Examination? examined in ReadAhead.SelectAsync(
                material.ListAsync(span, cancel), FilesAtOnce, (file, stop) => Task.Run(() => Examination.OfAsync(material, file, stop), stop), cancel).ConfigureAwait(false))
            {
                progress?.Report(++files);
                if (examined is not null)
                {
                    Take(examined, span, publicKey);
                }
            }
        }
        catch (AcodeException e)
        {
            Report(new(AuditFaultKind.Unreadable, e.Message));
        }

        Judge(span);
        return Result(span);
    }

    private void Take(Examination examined, AuditSpan span, SignatureCheck? publicKey)
    {
        if (examined.Fault is { } fault)
        {
            Report(fault);
        }

        if (examined.Digest is { } digest && span.OfDigests.Contains(digest.Day))
        {
            _digests.Add(examined.File, digest, publicKey);
        }

        if (examined.Record is not { } record || !span.Contains(DateOnly.FromDateTime(record.At.UtcDateTime)))
        {
            return;
        }

        _records.All++;
        _records.Waiting += examined.File.Place == AuditPlace.Spool ? 1 : 0;
        _days.Add(DateOnly.FromDateTime(record.At.UtcDateTime));
        _intents.Add(record, Legible.OnOneLine(examined.File.Location));
        if (record.Sequence is null)
        {
            _records.Unchained++;
        }
        else
        {
            string session = record.SessionId ?? "";
            (_chains.TryGetValue(session, out SessionChain? chain) ? chain : _chains[session] = new(session)).Add(record);
        }
    }

    private void Judge(AuditSpan span)
    {
        ILookup<string, DigestedLinks> anchors = (
            from digest in _digests.All
            from day in digest.Days
            where span.Contains(day.Day)
            from chain in day.Chains
            from link in chain.Links
            select (chain.SessionId, link)).ToLookup(anchor => anchor.SessionId, anchor => anchor.link);
        DateOnly? anchoredTo = _digests.Newest?.Day;
        foreach (string session in _chains.Keys.Union(anchors.Select(group => group.Key)).Order(StringComparer.Ordinal))
        {
            SessionChain chain = _chains.TryGetValue(session, out SessionChain? seen) ? seen : new(session);
            foreach (AuditFault fault in chain.Judge([.. anchors[session].OrderBy(link => link.First)], span.From is null, anchoredTo))
            {
                Report(fault);
            }
        }

        DateTimeOffset end = span.To is { } to ? new(to.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : DateTimeOffset.MaxValue;
        DateTimeOffset now = clock.GetUtcNow();
        foreach (AuditFault fault in _digests.Judge(span.From is null).Concat(_intents.Judge((now < end ? now : end) - AtWork)))
        {
            Report(fault);
        }

        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        if (span.To is null && _days.Any(day => !(day <= anchoredTo) && day < today.AddDays(-AuditDigester.ToleratedDays)))
        {
            Report(new(AuditFaultKind.DigestOverdue, $"{(anchoredTo is null ? "No digest was made yet" : $"The newest digest is of {anchoredTo:yyyy-MM-dd}")}: run Sync-AcodeAudit once a day."));
        }
    }

    private AuditVerification Result(AuditSpan span) => new()
    {
        Verdict = _faults.Select(fault => fault.Verdict).Append(_records.All == 0 ? Verdict.Unknown : Verdict.Healthy).MaxBy(verdict => verdict.Severity()),
        Trail = material.Name,
        From = span.From,
        To = span.To,
        Records = _records.All,
        Sessions = _chains.Count,
        UnchainedRecords = _records.Unchained,
        WaitingRecords = _records.Waiting,
        Digests = _digests.All.Count(),
        SignedDigests = _digests.SignedCount,
        LateRecords = _digests.All.Sum(digest => digest.Days.Where(day => day.Day < digest.Day).Sum(day => day.Count)),
        AnchoredTo = _digests.Newest?.Day,
        Head = _digests.Newest?.Hash,
        FaultCount = _faultCount,
        Faults = [.. _faults.OrderByDescending(fault => fault.Verdict.Severity()).ThenBy(fault => fault.Kind)],
        CheckedAt = clock.GetUtcNow(),
    };

    // A trail that is wholly spoilt must not fill the memory; a kind that was not seen yet is always kept.
    private void Report(AuditFault fault)
    {
        _faultCount++;
        if (_faults.Count < MaxFaults || _faults.TrueForAll(known => known.Kind != fault.Kind))
        {
            _faults.Add(fault);
        }
    }
}
