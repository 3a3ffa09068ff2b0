namespace AcodeOps;

/// <summary>A backup of Airbyte's configuration: all sources, destinations and connections, and how far each stream was read. Holds no secret.</summary>
public sealed record ConfigurationBackup
{
    /// <summary>Its id, a ULID.</summary>
    public required string Id { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The workspace at Airbyte.</summary>
    public required Guid Workspace { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Where it is: a file, or an object's key.</summary>
    public required string Location { get; init; }

    /// <summary>The storage that holds it; null for a file.</summary>
    public StorageRole? Storage { get; init; }

    /// <summary>Airbyte's version then; null where it did not tell.</summary>
    public string? AirbyteVersion { get; init; }

    /// <summary>How many sources it holds.</summary>
    public required int Sources { get; init; }

    /// <summary>How many destinations it holds.</summary>
    public required int Destinations { get; init; }

    /// <summary>How many connections it holds.</summary>
    public required int Connections { get; init; }

    /// <summary>Of how many connections it knows how far their streams were read.</summary>
    public required int States { get; init; }

    /// <summary>The newest cursors in it, a stream each: <c>shop.orders: 2026-11-26T00:00:00</c>.</summary>
    public required IReadOnlyList<string> Cursors { get; init => field = value.ToArray(); }

    /// <summary>What it holds, in words.</summary>
    public string Content => $"{Sources} sources, {Destinations} destinations, {Connections} connections and {States} states";

    /// <inheritdoc />
    public override string ToString() => $"{Id} of {MadeAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
