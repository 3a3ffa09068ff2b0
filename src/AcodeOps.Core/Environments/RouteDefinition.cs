namespace AcodeOps;

/// <summary>From a source to a storage, by one Airbyte connection.</summary>
public sealed record RouteDefinition
{
    /// <summary>Its name; by default <see cref="NameOf"/> its roles.</summary>
    public required string Name { get; init; }

    /// <summary>Where it reads.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>Where it writes: Primary or Backup.</summary>
    public required StorageRole Storage { get; init; }

    /// <summary>The Airbyte connection, by name or id.</summary>
    public required string Connection { get; init; }

    /// <summary>The longest a sync of this route may take, in minutes; null for the environment's objective.</summary>
    public double? SyncMinutes { get; init; }

    /// <summary>True where the route means this connection.</summary>
    /// <param name="name">The connection's name.</param>
    /// <param name="id">Its id; null where it is not known, or has none yet.</param>
    public bool Means(string name, Guid? id) => Guid.TryParse(Connection, out Guid meant) ? id == meant : string.Equals(Connection, name, StringComparison.Ordinal);

    /// <summary>The usual name of a route: <c>primary</c>, <c>backup_mysql</c>, <c>backup_s3</c>, <c>backup_mysql+backup_s3</c>.</summary>
    public static string NameOf(SourceRole source, StorageRole storage) => (source, storage) switch
    {
        (SourceRole.Primary, StorageRole.Primary) => "primary",
        (SourceRole.Backup, StorageRole.Primary) => "backup_mysql",
        (SourceRole.Primary, _) => "backup_s3",
        _ => "backup_mysql+backup_s3",
    };

    /// <inheritdoc />
    public override string ToString() => Name;
}
