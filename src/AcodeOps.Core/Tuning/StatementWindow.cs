namespace AcodeOps.Tuning;

/// <summary>What ran between two readings of a server's statement statistics, or since the server's start.</summary>
internal static class StatementWindow
{
    // The server counts its uptime in whole seconds, and the two ends are rounded apart.
    private const double UptimeRounding = 2;

    /// <summary>The difference of two readings: what ran in between, statement by statement.</summary>
    /// <param name="source">The server, for the error.</param>
    /// <param name="before">The first reading.</param>
    /// <param name="after">The second reading.</param>
    /// <param name="elapsed">The time between them.</param>
    /// <exception cref="AcodeException"><c>StatisticsReset</c>: the server was started anew or its statistics were emptied in between.</exception>
    public static IReadOnlyList<StatementTotals> Between(SourceDefinition source, StatementSample before, StatementSample after, TimeSpan elapsed)
    {
        if (HasRestarted(before.UptimeSeconds, after.UptimeSeconds, elapsed))
        {
            throw Reset(source, $"the server was started anew {after.UptimeSeconds} s before the end");
        }

        Dictionary<StatementKey, StatementTotals> old = before.Statements.ToDictionary(s => s.Key);
        List<StatementTotals> ran = [];
        foreach (StatementTotals now in after.Statements)
        {
            if (!old.Remove(now.Key, out StatementTotals? then))
            {
                ran.Add(now);
            }
            else if (now.Executions < then.Executions || now.TimePicoseconds < then.TimePicoseconds || now.FirstSeenAt != then.FirstSeenAt)
            {
                throw Reset(source, "its statement statistics were emptied");
            }
            else if (now.Executions > then.Executions)
            {
                ran.Add(Less(now, then));
            }
        }

        // Statistics of a statement never go away by themselves.
        return old.Count == 0 ? ran : throw Reset(source, "its statement statistics were emptied");
    }

    /// <summary>True when the uptime has grown by less than the time that has passed: the server was started anew.</summary>
    public static bool HasRestarted(long uptimeBefore, long uptimeAfter, TimeSpan elapsed) =>
        uptimeAfter < uptimeBefore || elapsed.TotalSeconds - (uptimeAfter - uptimeBefore) > UptimeRounding;

    private static StatementTotals Less(StatementTotals now, StatementTotals then)
    {
        ulong executions = now.Executions - then.Executions;
        ulong time = now.TimePicoseconds - then.TimePicoseconds;
        return now with
        {
            Executions = executions,
            TimePicoseconds = time,
            // The server keeps one maximum for all time: it is of this window when it has grown, or when there was but one.
            LongestPicoseconds = executions == 1 ? time : now.LongestPicoseconds > then.LongestPicoseconds ? now.LongestPicoseconds : 0,
            Errors = now.Errors - then.Errors,
            RowsExamined = now.RowsExamined - then.RowsExamined,
            RowsSent = now.RowsSent - then.RowsSent,
            TemporaryTablesOnDisk = now.TemporaryTablesOnDisk - then.TemporaryTablesOnDisk,
            WithoutIndex = now.WithoutIndex - then.WithoutIndex,
        };
    }

    private static AcodeException Reset(SourceDefinition source, string why) => new(
        "StatisticsReset", FailureClass.Conflict, $"What ran on {source} in the window is not known: {why}.")
    {
        Advice = "Repeat the command; without -DurationSeconds it tells what has run since.",
        Subject = source,
    };
}
