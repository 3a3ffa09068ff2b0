namespace AcodeOps;

/// <summary>A route as it stands now: its definition, its Airbyte connection, and where its data lands.</summary>
public sealed record Route
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it reads.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>Where it writes.</summary>
    public required StorageRole Storage { get; init; }

    /// <summary>Its place in the environment's order of preference, from 1.</summary>
    public required int Preference { get; init; }

    /// <summary>The name or id of the connection, as the environment says it.</summary>
    public required string ConnectionName { get; init; }

    /// <summary>The connection in Airbyte; null when Airbyte has none of that name.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>Whether the connection may sync; Unknown when it is missing or Airbyte does not answer.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>The last sync of the connection; null when there was none or it is not known.</summary>
    public Sync? LastSync { get; init; }

    /// <summary>Where its data lands: <c>s3://bucket/prefix</c> as Airbyte's destination says.</summary>
    public string? Location { get; init; }

    /// <summary>What to do where the route cannot be used as it stands; null where nothing is missing.</summary>
    public string? Remedy { get; init; }

    /// <summary>True when this is a route that may write now.</summary>
    public bool IsActive => Status == ConnectionStatus.Active;

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Status})";
}
