using AcodeOps.Audit;

namespace AcodeOps.Adapters.Tests.Audit;

/// <summary>A file of a trail: its name below the root, and its content.</summary>
internal readonly record struct TrailFile(string Name, byte[] Content);

/// <summary>Makes trails of many sessions, as they are stored.</summary>
internal static class TrailFiles
{
    public static IEnumerable<TrailFile> Make(int sessions, int records)
    {
        // A source of its own: the process's would hand out ids of this time to all tests beside it.
        UlidSource identifiers = new();
        DateTimeOffset at = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
        for (int session = 0; session < sessions; session++)
        {
            AuditChain chain = new();
            for (int i = 0; i < records; i++)
            {
                at += TimeSpan.FromMilliseconds(7);
                AuditRecord record = chain.Append(() => new AuditRecord
                {
                    Id = identifiers.Next(at),
                    At = at,
                    EventType = (AuditEventType)(i % 8),
                    User = "ana",
                    Host = "ops-1",
                    CallerArn = "arn:aws:iam::123456789012:user/ana",
                    SessionId = $"{session:x32}",
                    Subject = $"Route backup_mysql, number {i}",
                    Reason = "não responde: \"timeout\"",
                    Details = new Dictionary<string, object?> { ["rows"] = (long)i, ["seconds"] = i / 10.0, ["ok"] = true },
                });
                yield return new(AuditKey.Of(record).ToString(), AuditSerializer.Write(record));
            }
        }
    }
}
