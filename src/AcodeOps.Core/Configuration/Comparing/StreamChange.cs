using System.Text.Json.Nodes;

namespace AcodeOps.Configuration.Comparing;

/// <summary>What a change of a connection's streams does to them.</summary>
internal static class StreamChange
{
    /// <summary>Whether Airbyte forgets how far the stream was read, and what follows, in a sentence; null where nothing of note does.</summary>
    public static (bool ResetsState, string? Note) Effect(ResourcePair pair, FieldDifference difference)
    {
        if (pair.Kind != ConfiguredKind.Connection || ConnectionFields.StreamOf(difference.Field) is not { } field)
        {
            return (false, null);
        }

        JsonObject? live = Find(pair.Live!.Settings, field);
        return difference.Field[field.Length..] switch
        {
            "" when difference.Wanted is null => (false, "It is synced no longer; what it wrote stays, and so does how far it was read."),
            "" => (false, "A new stream is read from its beginning."),
            ".syncMode" when IsIncremental(live) != (difference.Wanted?.StartsWith("incremental", StringComparison.Ordinal) == true) =>
                (true, "Airbyte forgets how far the stream was read when it goes from reading all to reading on, or back."),
            ".syncMode" when difference.Wanted == "full_refresh_overwrite" => (false, "On S3 each sync then deletes what earlier ones wrote."),
            ".cursorField" when IsIncremental(live) => (true, "With another cursor the stream is read from its beginning again."),
            ".selectedFields" => (false, "Columns that are synced no longer stay in what was written before."),
            _ => (false, null),
        };
    }

    private static bool IsIncremental(JsonObject? stream) => stream?["syncMode"]?.ToString().StartsWith("incremental", StringComparison.Ordinal) == true;

    private static JsonObject? Find(JsonObject settings, string field) => ConnectionFields.Streams(settings)
        .FirstOrDefault(stream => ConnectionFields.Stream(stream["name"]?.ToString(), stream["namespace"]?.ToString()) == field);
}
