namespace AcodeOps;

/// <summary>What became of a change of a server's setting.</summary>
public sealed record SettingResult
{
    /// <summary>The source.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>The variable.</summary>
    public required string Variable { get; init; }

    /// <summary>The rule that proposed the change.</summary>
    public required string Rule { get; init; }

    /// <summary>Its value before.</summary>
    public required string Before { get; init; }

    /// <summary>The value that was proposed.</summary>
    public required string Proposed { get; init; }

    /// <summary>The value that the server has now; null where it was not asked.</summary>
    public string? After { get; init; }

    /// <summary>True where the statement was run.</summary>
    public bool IsApplied { get; init; }

    /// <summary>True where the server uses the value only after its next start.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>The statement; null where only the file and a restart can do it.</summary>
    public string? Statement { get; init; }

    /// <summary>The line below <c>[mysqld]</c> of the server's configuration file that keeps it over restarts; null where the server keeps it itself.</summary>
    public string? Line { get; init; }

    /// <summary>What is still to be done; null for nothing.</summary>
    public string? ToDo => (Line, NeedsRestart) switch
    {
        ({ } line, true) => $"write `{line}` below [mysqld], and restart the server",
        ({ } line, false) => $"write `{line}` below [mysqld]: a restart loses it otherwise",
        (null, true) => "restart the server",
        _ => null,
    };

    /// <inheritdoc />
    public override string ToString() => $"{Source} {Variable}: {Before} -> {(IsApplied ? After : Proposed)}{(ToDo is null ? "" : $"; {ToDo}")}";
}
