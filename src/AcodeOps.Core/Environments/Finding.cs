namespace AcodeOps;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Will hurt some day.</summary>
    Warning,

    /// <summary>Does not work, or is not safe.</summary>
    Error,
}

/// <summary>What an advisor says: about a file, a server, a bucket or a permission.</summary>
public sealed record Finding
{
    /// <summary>The stable id of the rule: <c>UnknownKey</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>What it is about: a path in a file, a server, a variable.</summary>
    public required string Target { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The value found; never a secret.</summary>
    public string? Current { get; init; }

    /// <summary>The value proposed.</summary>
    public string? Proposed { get; init; }

    /// <summary>Why the rule says so: what was measured or read.</summary>
    public string? Evidence { get; init; }

    /// <summary>What to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>The file, where it is about one.</summary>
    public string? File { get; init; }

    /// <summary>The line in the file, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column in the line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>What it is known by again when it is found once more, in the next week or in another folder; nothing of a secret. Null where it has none.</summary>
    public string? Fingerprint { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{(File is null ? "" : $"{File}({Line},{Column}): ")}{Severity} {Rule}: {Message}";
}
