namespace AcodeOps.Runbooks;

/// <summary>
/// The last rehearsal that went well, as one small object beside the journals: so that its age is known by one question, and
/// not by reading the journals of a season.
/// </summary>
internal sealed record LastDrill
{
    /// <summary>The environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The route that was rehearsed.</summary>
    public required string Route { get; init; }

    /// <summary>When its rows were proven and it was cleaned up, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Rows that landed.</summary>
    public long Rows { get; init; }

    /// <summary>Objects that landed.</summary>
    public long Objects { get; init; }

    /// <summary>The rehearsed time to recover, in seconds; null where it is not known.</summary>
    public double? RtoSeconds { get; init; }

    /// <summary>True when all rows were counted against the source; null where that could not be done.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>The mark of an environment; null when no rehearsal of it went well yet.</summary>
    /// <exception cref="AcodeException"><c>LastDrillUnreadable</c>; or why the audit storage does not answer.</exception>
    public static async Task<LastDrill?> ReadAsync(IObjectStore storage, string environment, CancellationToken cancel)
    {
        string key = KeyOf(storage, environment);
        if (await storage.GetAsync(key, cancel).ConfigureAwait(false) is not { } found || found.Content.Span.SequenceEqual(None))
        {
            return null;
        }

        try
        {
            LastDrill mark = JournalSerializer.Read<LastDrill>(found.Content.Span);
            return mark.Environment == environment ? mark : throw new FormatException("It is of another environment.");
        }
        catch (FormatException e)
        {
            throw new AcodeException("LastDrillUnreadable", FailureClass.Protocol, $"'{key}' in the {storage.Definition} cannot be read: {e.Message}", e)
            {
                Advice = "Look at who changed it; the next drill that goes well replaces it.",
                Subject = storage.Definition,
            };
        }
    }

    /// <summary>Writes a mark over the one before; null says that there is none, since nothing is deleted in the audit storage.</summary>
    public static Task WriteAsync(IObjectStore storage, string environment, LastDrill? mark, CancellationToken cancel) => storage.PutAsync(
        KeyOf(storage, environment), mark is null ? None.ToArray() : JournalSerializer.Write(mark), new PutOptions { Encrypt = true, ContentType = "application/json" }, cancel);

    private static ReadOnlySpan<byte> None => "null"u8;

    // Several environments may share an audit storage.
    private static string KeyOf(IObjectStore storage, string environment) => $"{storage.Definition.Prefix}acode_runbooks/last_drill/{Uri.EscapeDataString(environment)}.json";
}
