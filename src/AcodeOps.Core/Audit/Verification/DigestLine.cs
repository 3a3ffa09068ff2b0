namespace AcodeOps.Audit;

/// <summary>The line of digests: each names the one before. Their copies are held against them, and stand in for those that are gone.</summary>
internal sealed class DigestLine
{
    private readonly SortedDictionary<long, AuditDigest> _digests = [];
    private readonly SortedDictionary<long, AuditDigest> _copies = [];
    private readonly List<AuditFault> _faults = [];
    private bool _hasCopies;

    /// <summary>All digests that can be trusted as far as they go: those of the trail, and copies of what it lacks.</summary>
    public IEnumerable<AuditDigest> All => _digests.Values.Concat(_copies.Where(copy => !_digests.ContainsKey(copy.Key)).Select(copy => copy.Value)).OrderBy(digest => digest.Number);

    /// <summary>The newest.</summary>
    public AuditDigest? Newest => All.LastOrDefault();

    /// <summary>How many digests bear a valid signature.</summary>
    public int SignedCount { get; private set; }

    /// <summary>Takes a digest in.</summary>
    public void Add(AuditFile file, AuditDigest digest, SignatureCheck? key)
    {
        bool isCopy = file.Place == AuditPlace.Copy;
        _hasCopies |= isCopy;
        SortedDictionary<long, AuditDigest> line = isCopy ? _copies : _digests;
        if (!line.TryAdd(digest.Number, digest))
        {
            // In a folder the copies may lie beside what they are copies of.
            if (line[digest.Number].Hash != digest.Hash)
            {
                _faults.Add(new(AuditFaultKind.DigestAltered, $"There are two different digests {digest.Number}.") { Location = file.Location });
            }

            return;
        }

        if (key is null || isCopy)
        {
            return;
        }

        if (digest.Signature is { } signature && key.IsValid(digest.Hash ?? "", signature))
        {
            SignedCount++;
        }
        else
        {
            _faults.Add(new(AuditFaultKind.SignatureInvalid, $"The {digest} {(digest.Signature is null ? "is not signed" : "bears a signature that is not of this key")}.") { Location = file.Location });
        }
    }

    /// <summary>Judges the line.</summary>
    /// <param name="isWhole">True when it was read from its begin.</param>
    public IEnumerable<AuditFault> Judge(bool isWhole)
    {
        foreach (AuditFault fault in _faults)
        {
            yield return fault;
        }

        foreach ((long number, AuditDigest copy) in _copies)
        {
            if (_digests.TryGetValue(number, out AuditDigest? digest) && digest.Hash != copy.Hash)
            {
                yield return new(AuditFaultKind.DigestAltered, $"The {digest} and its copy in the backup storage say different things.");
            }
        }

        AuditDigest? before = null;
        long next = isWhole ? 1 : Math.Min(_digests.Keys.FirstOrDefault(long.MaxValue), _copies.Keys.FirstOrDefault(long.MaxValue));
        foreach ((long number, AuditDigest digest) in _digests)
        {
            if (number > next)
            {
                yield return Missing(new(next, number - 1));
            }
            else if (before is not null && (digest.PreviousHash != before.Hash || digest.Day <= before.Day))
            {
                yield return new(AuditFaultKind.DigestAltered, $"The {digest} follows another than the {before} that is there: one of the two was exchanged.");
            }

            (before, next) = (digest, number + 1);
        }

        if (_hasCopies && _copies.Keys.Last() >= next)
        {
            yield return Missing(new(next, _copies.Keys.Last()));
        }
    }

    private AuditFault Missing(SequenceRange range) => new(
        AuditFaultKind.DigestMissing,
        $"Digest {range} is not in the trail{(_copies.Keys.Any(range.Contains) ? "; its copy in the backup storage still tells what it anchored" : "")}.");
}
