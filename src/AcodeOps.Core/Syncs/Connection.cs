namespace AcodeOps;

/// <summary>Whether a connection may sync.</summary>
public enum ConnectionStatus
{
    /// <summary>A status that this version does not know.</summary>
    Unknown,

    /// <summary>Syncs may run.</summary>
    Active,

    /// <summary>No sync may be started; one that runs goes on.</summary>
    Inactive,

    /// <summary>Deleted.</summary>
    Deprecated,

    /// <summary>Locked by Airbyte.</summary>
    Locked,
}

/// <summary>An Airbyte connection.</summary>
public sealed record Connection
{
    /// <summary>Airbyte's id.</summary>
    public required Guid ConnectionId { get; init; }

    /// <summary>Its name. Airbyte does not keep names unique.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it may sync.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>The Airbyte source it reads.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>The Airbyte destination it writes.</summary>
    public required Guid DestinationId { get; init; }

    /// <summary>The workspace that it belongs to.</summary>
    public Guid WorkspaceId { get; init; }

    /// <summary>Its streams.</summary>
    public IReadOnlyList<ConnectionStream> Streams { get; init => field = value.ToArray(); } = [];

    /// <summary>Put before every stream's name at the destination.</summary>
    public string Prefix { get; init; } = "";

    /// <summary><c>source</c>, <c>destination</c>, <c>custom_format</c>; null where not told.</summary>
    public string? NamespaceDefinition { get; init; }

    /// <summary>The format of a custom namespace.</summary>
    public string? NamespaceFormat { get; init; }

    /// <summary>The schedule in words: <c>manual</c>, or the cron expression.</summary>
    public string Schedule { get; init; } = "manual";

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Status})";
}

/// <summary>A stream of a connection.</summary>
/// <param name="Name">The table.</param>
/// <param name="Namespace">The database, or null.</param>
/// <param name="SyncMode">As the public API names it: <c>full_refresh_append</c>, <c>incremental_append</c>, …</param>
/// <param name="CursorField">The path of the cursor; empty for none.</param>
public sealed record ConnectionStream(string Name, string? Namespace, string SyncMode, IReadOnlyList<string> CursorField)
{
    /// <summary>The path of the cursor; empty for none.</summary>
    public IReadOnlyList<string> CursorField { get; init => field = value.ToArray(); } = CursorField.ToArray();

    /// <summary>True when the stream reads on from a cursor.</summary>
    public bool IsIncremental => SyncMode.StartsWith("incremental", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({SyncMode})";
}
