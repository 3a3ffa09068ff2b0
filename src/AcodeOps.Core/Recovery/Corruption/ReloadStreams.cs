namespace AcodeOps.Recovery.Corruption;

/// <summary>The corrupted stream as the route has it.</summary>
internal static class ReloadStreams
{
    /// <summary>The stream.</summary>
    public static ConnectionStream StreamOf(this ReloadPlan reload) => reload.Switch.To.Connection.Streams.First(stream => stream.Name == reload.Stream);

    /// <summary>True when it reads on from a cursor.</summary>
    public static bool IsIncremental(this ReloadPlan reload) => reload.StreamOf().IsIncremental;
}
