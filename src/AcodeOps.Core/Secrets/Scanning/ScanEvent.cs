namespace AcodeOps.Secrets.Scanning;

/// <summary>What a search for secrets tells on its way: one of its properties is not null.</summary>
public sealed record ScanEvent
{
    /// <summary>Something was found.</summary>
    public Finding? Finding { get; init; }

    /// <summary>Something could not be looked at: it is not known whether a secret is in it.</summary>
    public AcodeException? Failure { get; init; }

    /// <summary>Something was left out, and why.</summary>
    public string? Note { get; init; }

    /// <summary>What has been looked at: a file, or a version of one.</summary>
    public string? Done { get; init; }
}
