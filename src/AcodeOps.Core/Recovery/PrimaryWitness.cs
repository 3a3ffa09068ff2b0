namespace AcodeOps.Recovery;

/// <summary>
/// The replica as a witness: while it still hears of a primary that does not answer here, the fault is likely on the path
/// from here, and the primary is not known to have failed. That its receiver counts as connected proves nothing.
/// </summary>
internal static class PrimaryWitness
{
    /// <summary>What the replica has to say; null where nothing shows that it still hears of the primary.</summary>
    /// <param name="since">When the primary first did not answer here.</param>
    /// <param name="readings">The replica's channels as read since, the oldest first.</param>
    public static string? Hear(DateTimeOffset since, IEnumerable<IReadOnlyList<ReplicationStatus>> readings)
    {
        Dictionary<string, string?> received = [];
        foreach (ReplicationStatus channel in readings.SelectMany(channels => channels).Where(c => c.ReadAt > since && c.Receiver == ReplicationThread.Running))
        {
            if (channel.LastContactSeconds is { } silence && channel.ReadAt.AddSeconds(-silence) > since)
            {
                return $"The replica has heard from {channel.ReplicatesFrom} since it stopped answering here: the fault is likely on the path from here.";
            }

            if (received.TryGetValue(channel.Channel, out string? before) && before != channel.ReceivedGtid)
            {
                return $"The replica goes on receiving transactions of {channel.ReplicatesFrom}: the fault is likely on the path from here.";
            }

            received[channel.Channel] = channel.ReceivedGtid;
        }

        return null;
    }
}
