namespace AcodeOps;

/// <summary>Keys from one to another, both included.</summary>
/// <param name="From">The first; null for the smallest that there is.</param>
/// <param name="To">The last.</param>
public sealed record KeyRange(string? From, string To);

/// <summary>Which rows of a table are read.</summary>
public sealed record RowWindow
{
    /// <summary>Only rows of this event date; null for rows of any and of none.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The ranges of keys to read along, in order; null to read along the index of the event date.</summary>
    public IReadOnlyList<KeyRange>? Keys { get; init; }
}

/// <summary>A place in a window: reading goes on after it.</summary>
/// <param name="Range">The number of the range of keys, from 0.</param>
/// <param name="Key">The last key that was read.</param>
public sealed record RowPosition(int Range, string Key);

/// <summary>A row that was read.</summary>
/// <param name="Position">Its place in the window.</param>
/// <param name="Values">Its values in the order of the columns, null for NULL.</param>
/// <param name="Bytes">About how much memory they take.</param>
/// <param name="ZeroDates">How many of them are dates that are no dates (<c>0000-00-00</c>), held as NULL.</param>
public readonly record struct SourceRow(RowPosition Position, object?[] Values, int Bytes, int ZeroDates);

/// <summary>Where the rows of event dates lie in a table that is read along its key.</summary>
/// <param name="Dates">The rows of each date that has any, and the ranges of keys that they lie in.</param>
/// <param name="RowsSeen">How many rows were gone along.</param>
/// <param name="Since">The smallest key that was looked at; null for an empty table. Rows of these dates with a smaller key are not found.</param>
public sealed record DateLocations(IReadOnlyDictionary<DateOnly, DateLocation> Dates, long RowsSeen, string? Since);

/// <summary>The rows of one event date.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Keys">The ranges of keys that they lie in, among rows of other dates, in order.</param>
public sealed record DateLocation(long Rows, IReadOnlyList<KeyRange> Keys);
