using System.Text.Json.Serialization;
using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Publishing;

namespace AcodeOps;

/// <summary>What publishing, or restoring, a configuration would do at Airbyte. Holds references to secrets, never secrets.</summary>
public sealed record PublicationPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The workspace at Airbyte.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>Where the configuration comes from: a folder, or a backup.</summary>
    public required string From { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The differences, field by field, and what is done about each.</summary>
    public required IReadOnlyList<ConfigurationChange> Changes { get; init => field = value.ToArray(); }

    /// <summary>What to know besides: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>What is made, changed and deleted, in the order in which it is done.</summary>
    [JsonInclude]
    internal IReadOnlyList<PlannedResource> Resources { get; init => field = value.ToArray(); } = [];

    /// <summary>What is as it should be and was not on record: it is taken over into the record of what was applied.</summary>
    [JsonInclude]
    internal IReadOnlyList<AppliedResource> TakenOver { get; init => field = value.ToArray(); } = [];

    /// <summary>The ids of what is there already, by path.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<string, Guid> Ids { get; init; } = new Dictionary<string, Guid>();

    /// <summary>The states that are written back, of a restored backup.</summary>
    [JsonInclude]
    internal IReadOnlyList<PlannedState> States { get; init => field = value.ToArray(); } = [];

    /// <summary>Which key the fingerprints are made with; null where there are none.</summary>
    [JsonInclude]
    internal string? FingerprintKey { get; init; }

    /// <summary>True when there is nothing to do.</summary>
    [JsonIgnore]
    public bool IsEmpty => Resources.Count == 0 && TakenOver.Count == 0 && States.Count == 0;

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => $"Set Airbyte's configuration from {From}: {Counts}";

    /// <summary>The ids of all that is described, once a run of this plan is complete: by path.</summary>
    /// <param name="run">The run.</param>
    public IReadOnlyDictionary<string, Guid> IdsAfter(RunbookRun run)
    {
        Dictionary<string, Guid> ids = new(Ids, StringComparer.Ordinal);
        foreach (PublishedResource made in (run.Result as PublicationResult)?.Resources ?? [])
        {
            ids[made.Path] = made.ResourceId;
        }

        return ids;
    }

    private string Counts => Resources.Count == 0
        ? States.Count > 0 ? $"{States.Count} states to write" : TakenOver.Count > 0 ? "nothing to change" : "nothing to do"
        : string.Join(", ", Resources.GroupBy(resource => resource.Action).OrderBy(group => group.Key).Select(group => $"{group.Count()} to {group.Key.ToString().ToLowerInvariant()}"));

    /// <inheritdoc />
    public override string ToString() => Title;
}
