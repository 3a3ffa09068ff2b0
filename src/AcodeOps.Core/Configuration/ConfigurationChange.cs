using System.Text.Json.Serialization;

namespace AcodeOps;

/// <summary>One difference between the files and Airbyte: a field, or a whole source, destination or connection.</summary>
public sealed record ConfigurationChange
{
    /// <summary>What publishing does about it.</summary>
    public required ConfigurationAction Action { get; init; }

    /// <summary>Who made it.</summary>
    public required ChangeOrigin Origin { get; init; }

    /// <summary>Whether it is a source, a destination or a connection.</summary>
    public required ConfiguredKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its file within the project; null for what no file describes.</summary>
    public string? Path { get; init; }

    /// <summary>Its id at Airbyte; null for what is not there.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>The field: <c>format.compression_codec</c>, <c>schedule.cronExpression</c>, <c>streams[shop.orders].syncMode</c>. Null where it is about the whole.</summary>
    public string? Field { get; init; }

    /// <summary>What Airbyte has; null for nothing. Never a secret.</summary>
    public string? Live { get; init; }

    /// <summary>What the files say; null for nothing. Never a secret.</summary>
    public string? Desired { get; init; }

    /// <summary>What was applied last; null where that is not known, or was nothing. Never a secret.</summary>
    public string? Applied { get; init; }

    /// <summary>True for a field whose values are secret: that they differ is told, and nothing of them.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True when Airbyte forgets how far a stream was read if this is set: it reads it from its beginning again.</summary>
    public bool ResetsState { get; init; }

    /// <summary>What follows from it, or why it is left alone; null where there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>The file that says so; null for what no file describes.</summary>
    public string? File { get; init; }

    /// <summary>The line in the file, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column in the line, from 1.</summary>
    public int? Column { get; init; }

    /// <summary>The whole, in a sentence.</summary>
    [JsonIgnore]
    public string Message => $"{Action} {Kind} {Name}" + (Field is null ? "" : $": {Field} {Live ?? "(none)"} -> {Desired ?? "(none)"}") + (Note is null ? "" : $". {Note}");

    /// <inheritdoc />
    public override string ToString() => Message;
}
