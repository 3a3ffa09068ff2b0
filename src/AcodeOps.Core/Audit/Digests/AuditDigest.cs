namespace AcodeOps.Audit;

/// <summary>
/// The digest of a day: it anchors the day's chains, those records that came late to earlier days, and the digest before it.
/// What it anchors cannot be changed or taken away any more without the digest's telling it.
/// </summary>
public sealed record AuditDigest
{
    /// <summary>The schema that digests are written in by this version.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Its number in the trail, from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>The day, UTC.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The hash of the digest before it; null for the first.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>The chains of the day's records, and of those that came late to earlier days.</summary>
    public required IReadOnlyList<DigestedDay> Days { get; init; }

    /// <summary>Its own hash, of its canonical JSON without hash and signature: <c>sha256:…</c>.</summary>
    public string? Hash { get; init; }

    /// <summary>The signature of the hash; null for a digest that was not signed.</summary>
    public AuditSignature? Signature { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"digest {Number} of {Day:yyyy-MM-dd}";
}

/// <summary>What a digest anchors of a day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Chains">The records that are chained.</param>
/// <param name="Unchained">How many records of earlier versions, or of the guide's script, there were: they are counted, and not anchored.</param>
/// <param name="Damaged">The keys of records that were damaged already.</param>
public sealed record DigestedDay(DateOnly Day, IReadOnlyList<DigestedChain> Chains, int Unchained, IReadOnlyList<string> Damaged)
{
    /// <summary>How many objects of the day it has seen.</summary>
    public long Count => Chains.Sum(chain => chain.Links.Sum(link => link.Last - link.First + 1)) + Unchained + Damaged.Count;
}

/// <summary>What a digest anchors of a session's chain on a day.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Links">The records, as unbroken pieces of the chain.</param>
public sealed record DigestedChain(string SessionId, IReadOnlyList<DigestedLinks> Links);

/// <summary>An unbroken piece of a chain.</summary>
/// <param name="First">The first record's number.</param>
/// <param name="Last">The last record's number.</param>
/// <param name="Hash">The last record's hash: it stands for all of them.</param>
public sealed record DigestedLinks(long First, long Last, string Hash);

/// <summary>A signature of a digest's hash.</summary>
/// <param name="Algorithm">How it was made: <c>ECDSA_SHA_256</c> over the hash as text.</param>
/// <param name="KeyId">Which key it was.</param>
/// <param name="Value">The signature, DER, in base64.</param>
public sealed record AuditSignature(string Algorithm, string KeyId, string Value);
