namespace AcodeOps.Lab.Sinks;

/// <summary>One line of a DogStatsD datagram.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Raw">The line as it was.</param>
/// <param name="Name">The metric's name; for events and service checks the whole head.</param>
/// <param name="Value">The value as text, or null when the line is none of the protocol's.</param>
/// <param name="Type">c, g, h, d, ms, s; null as above.</param>
/// <param name="Tags">The tags after the number sign.</param>
public sealed record ReceivedMetric(DateTimeOffset ReceivedAt, string Raw, string Name, string? Value, string? Type, IReadOnlyList<string> Tags)
{
    /// <summary>What is wrong with it by the protocol; null when nothing is.</summary>
    public string? Fault { get; init; }

    // name:value|type|@rate|#tag,tag
    public static ReceivedMetric Parse(string line, DateTimeOffset receivedAt)
    {
        string[] parts = line.Split('|');
        int colon = parts[0].IndexOf(':', StringComparison.Ordinal);
        bool known = colon > 0 && parts.Length > 1;
        string[] tags = parts.FirstOrDefault(p => p.StartsWith('#'))?[1..].Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new ReceivedMetric(receivedAt, line, known ? parts[0][..colon] : parts[0], known ? parts[0][(colon + 1)..] : null, known ? parts[1] : null, tags)
        {
            Fault = DatagramGrammar.FaultOf(line),
        };
    }
}
