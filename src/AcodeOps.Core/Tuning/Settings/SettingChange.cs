namespace AcodeOps.Tuning.Settings;

/// <summary>When a change of a setting takes effect.</summary>
public enum SettingEffect
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>After the server's next start.</summary>
    Restart,
}

/// <summary>A change of a server's setting that a rule proposes, with all that somebody needs to know to agree to it.</summary>
public sealed record SettingChange
{
    /// <summary>The rule's id: <c>BinlogNotSynced</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The variable.</summary>
    public required string Variable { get; init; }

    /// <summary>Its value now.</summary>
    public required string Current { get; init; }

    /// <summary>The value that is proposed, as a statement writes it.</summary>
    public required string Proposed { get; init; }

    /// <summary>When it takes effect.</summary>
    public SettingEffect Effect { get; init; }

    /// <summary>What is wrong now, in a sentence.</summary>
    public required string Problem { get; init; }

    /// <summary>What was counted or read that proves it.</summary>
    public required string Evidence { get; init; }

    /// <summary>What it brings.</summary>
    public required string Gain { get; init; }

    /// <summary>What it costs or may break; none where nothing is known.</summary>
    public string? Risk { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Variable} {Current} -> {Proposed}";
}
