using System.Globalization;
using AcodeOps.Syncs;

namespace AcodeOps.Recovery.Corruption;

/// <summary>
/// From where an incremental stream is to be read again, so that every row of the corrupted objects comes back. What these say
/// of their rows may be a lie, so it is taken only where it leads further back than the lake's own witness does: the newest
/// value in the partition before.
/// </summary>
internal static class CursorSetBack
{
    // Folders are named by the day of UTC on which a sync began, and rows by the clock on the source's wall.
    private const int FolderSlackDays = 1;

    // Without a partition in so many days, the stream begins anew.
    private const int LookBackDays = 31;

    // Whatever a connector does with rows of the very value of its cursor, they are read again.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>The cursor to read on from, and the day whose partition was the witness; null for from the beginning.</summary>
    /// <param name="installation">The installation.</param>
    /// <param name="place">Where the stream lands.</param>
    /// <param name="old">Where the stream stands.</param>
    /// <param name="content">What the corrupted objects say of themselves.</param>
    /// <param name="firstDay">The first day that they are of; null where that is not known.</param>
    /// <param name="limit">What a comparison has found.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<(StreamCursor Cursor, DateOnly Day)?> ComputeAsync(
        IInstallation installation, StreamPlace place, StreamCursor old, PartitionContent content, DateOnly? firstDay, SetBackLimit limit, CancellationToken cancel)
    {
        if (limit.IsTrusted && (content.Objects == 0 || content is { UnreadableObjects: 0, Cursors: not null }))
        {
            return Oldest(content.Cursors?.Least, limit.ReadFrom) is { } oldest && CursorTime.Parse(oldest) is { } at && SetBack(old, oldest) is { } back
                ? (back, DateOnly.FromDateTime(at.At).AddDays(-FolderSlackDays))
                : null;
        }

        if (firstDay is not { } day || await BeforeAsync(installation, place, old, day, cancel).ConfigureAwait(false) is not var (before, witness))
        {
            return null;
        }

        string least = Least(old.Value, Least(before, Oldest(content.Cursors?.Least, limit.ReadFrom) ?? before) ?? before) ?? before;
        return SetBack(old, least) is { } cursor ? (cursor, witness) : null;
    }

    private static string? Oldest(string? one, string? other) => one is null ? other : other is null ? one : Least(one, other);

    /// <summary>The cursor a little before a value; null where the value has no order.</summary>
    private static StreamCursor? SetBack(StreamCursor old, string least)
    {
        if (CursorTime.Parse(least) is { } time)
        {
            // In the state's own form; what that cannot tell is cut off, which is earlier still.
            string format = CursorTime.Parse(old.Value)?.Format ?? time.Format;
            return (old with { Value = (time with { Format = format }).ToString() }).Rewind(Step);
        }

        return decimal.TryParse(least, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && number == decimal.Truncate(number)
            ? old with { Value = (number - 1).ToString("0", CultureInfo.InvariantCulture) }
            : null;
    }

    /// <summary>The newest value in the youngest partition before a day; null where there is none that can be read.</summary>
    private static async Task<(string Value, DateOnly Day)?> BeforeAsync(IInstallation installation, StreamPlace place, StreamCursor old, DateOnly firstDay, CancellationToken cancel)
    {
        IObjectStore store = installation.Storage(place.Route.Route.Storage);
        for (DateOnly day = firstDay.AddDays(-1); day >= firstDay.AddDays(-LookBackDays) && place.PrefixOf(day) is { } prefix; day = day.AddDays(-1))
        {
            string? greatest = null;
            await foreach (StoredObject stored in store.ListAsync(prefix, cancel: cancel).ConfigureAwait(false))
            {
                // Beyond where the stream stands no sync has been: such a value is damage too.
                if (await GreatestAsync(installation.Lake, store, stored, old.Field, cancel).ConfigureAwait(false) is { } value && CursorOrder.Compare(value, old.Value) <= 0)
                {
                    greatest = greatest is null || CursorOrder.Compare(value, greatest) > 0 ? value : greatest;
                }
            }

            if (greatest is not null)
            {
                return (greatest, day);
            }
        }

        return null;
    }

    private static async Task<string?> GreatestAsync(ILakeReader lake, IObjectStore store, StoredObject stored, string field, CancellationToken cancel)
    {
        try
        {
            LakeFile file = await lake.ReadFooterAsync(store, stored, [field], cancel).ConfigureAwait(false);
            return file.Rows > 0 ? file.Ranges.GetValueOrDefault(field)?.Greatest : null;
        }
        catch (AcodeException failure) when (PartitionContent.IsDamage(failure))
        {
            return null;
        }
    }

    private static string? Least(string one, string other) => CursorOrder.Compare(one, other) switch
    {
        null => null,
        <= 0 => one,
        _ => other,
    };
}

/// <summary>What a comparison of the lake with the source has found.</summary>
/// <param name="IsTrusted">True where it has read the objects that are moved: what they say of their rows is no lie.</param>
/// <param name="ReadFrom">The oldest value of the cursor that is missing; null for none.</param>
internal readonly record struct SetBackLimit(bool IsTrusted, string? ReadFrom);
