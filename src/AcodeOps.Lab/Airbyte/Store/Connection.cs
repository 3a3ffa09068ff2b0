using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A connection; source and destination can never be changed.</summary>
internal sealed record Connection
{
    public const string Active = "active";
    public const string Inactive = "inactive";

    /// <summary>Airbyte's word for deleted.</summary>
    public const string Deprecated = "deprecated";

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Guid SourceId { get; init; }

    public required Guid DestinationId { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string Status { get; init; }

    public required string ScheduleType { get; init; }

    /// <summary>Without its time zone.</summary>
    public string? CronExpression { get; init; }

    public string CronTimeZone { get; init; } = "UTC";

    public BasicSchedule? Basic { get; init; }

    public required IReadOnlyList<ConfiguredStream> Streams { get; init; }

    public required string NamespaceDefinition { get; init; }

    public string? NamespaceFormat { get; init; }

    public required string Prefix { get; init; }

    public required string NonBreakingSchemaUpdatesBehavior { get; init; }

    public required JsonArray Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
