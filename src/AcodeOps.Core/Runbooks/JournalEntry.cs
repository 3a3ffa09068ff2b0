using System.Text.Json.Nodes;

namespace AcodeOps.Runbooks;

/// <summary>One entry of a run's journal. Holds no secret.</summary>
public sealed record JournalEntry
{
    /// <summary>Its number in the run, from 1, without gaps.</summary>
    public int Sequence { get; init; }

    /// <summary>When it was written, by the writer's clock, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it says.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>The step that it is about; null where it is about the run.</summary>
    public string? Step { get; init; }

    /// <summary>What the steps have remembered since the entry before.</summary>
    public JsonObject? Facts { get; init; }

    /// <summary>What was done and seen.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What has failed.</summary>
    public JournalError? Error { get; init; }

    /// <summary>What the run is; in the first entry only.</summary>
    public RunStart? Start { get; init; }

    /// <summary>Who works on the run from here on; in the first entry and where the run is taken up again.</summary>
    public RunWorker? Worker { get; init; }

    /// <summary>What came of the run; in the entry of its completion.</summary>
    public JsonNode? Result { get; init; }
}
