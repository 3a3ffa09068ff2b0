namespace AcodeOps;

/// <summary>The distance between what a replica has received and what it has applied, in either notation.</summary>
public static class GtidGap
{
    /// <summary>
    /// The number of transactions that are received and not applied (for MariaDB an upper bound); null when one of the
    /// texts is missing or cannot be read.
    /// </summary>
    public static long? Count(string? received, string? applied)
    {
        if (received is null || applied is null)
        {
            return null;
        }

        if (GtidSet.TryParse(received, out GtidSet? receivedSet) && GtidSet.TryParse(applied, out GtidSet? appliedSet))
        {
            return receivedSet.Subtract(appliedSet).Count;
        }

        return GtidPosition.TryParse(received, out GtidPosition? receivedPosition) && GtidPosition.TryParse(applied, out GtidPosition? appliedPosition)
            ? receivedPosition.CountSince(appliedPosition)
            : null;
    }
}
