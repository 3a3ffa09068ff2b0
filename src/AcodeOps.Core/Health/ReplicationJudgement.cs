using System.Globalization;

namespace AcodeOps.Health;

/// <summary>
/// Judges what a replica says of its replication. Lag alone tells little: it is NULL whenever a thread does not run, and
/// it is 0 on a replica that waits for a dead primary. So the threads and their errors come first, then received against
/// applied, then the age of the last contact, and lag last.
/// </summary>
internal static class ReplicationJudgement
{
    private static readonly int[] RefusedLogin = [1045, 1130, 1251, 1524, 1698, 1820, 1862, 3118, 4151];
    private static readonly int[] LostPosition = [1236, 13114, 13121];

    /// <summary>The verdict on all channels: the worst one's, with the evidence of all.</summary>
    public static Observation Judge(IReadOnlyList<ReplicationStatus> channels, Objectives objectives, bool primaryIsPartners)
    {
        if (channels.Count == 0)
        {
            return new Observation(Verdict.Failed, "The backup replicates from nobody.")
            {
                Remedy = "Set replication up again on the backup (CHANGE REPLICATION SOURCE TO …, START REPLICA); until then its data only grows older.",
                ErrorId = "ReplicationNotConfigured",
            };
        }

        Observation[] each = [.. channels.Select(channel => Judge(channel, objectives, primaryIsPartners))];
        Observation worst = each.MaxBy(seen => seen.Verdict.Severity())!;
        return channels.Count == 1 ? worst : worst with { Evidence = [.. each.SelectMany(seen => seen.Evidence)] };
    }

    /// <summary>
    /// How far the data of these channels may be behind, in seconds; null when that cannot be told, and then it may be
    /// behind by any time.
    /// </summary>
    public static double? BehindSeconds(IReadOnlyList<ReplicationStatus> channels) =>
        channels.Count == 0 || channels.Any(c => c.Receiver != ReplicationThread.Running || c.Applier != ReplicationThread.Running || c.LagSeconds is null)
            ? null
            : channels.Max(c => Math.Max(c.LagSeconds ?? 0, 0));

    private static Observation Judge(ReplicationStatus s, Objectives objectives, bool primaryIsPartners)
    {
        string name = s.Channel.Length == 0 ? "" : $"Channel '{s.Channel}': ";
        Observation seen = (s.Applier, s.Receiver) switch
        {
            (ReplicationThread.Stopped, _) => ApplierStopped(s),
            (_, ReplicationThread.Stopped) => ReceiverStopped(s, primaryIsPartners),
            (ReplicationThread.Unknown, _) or (_, ReplicationThread.Unknown) => new Observation(Verdict.Unknown, "the replica does not say whether its threads run.")
            {
                Cause = FailureClass.Unknown,
                Remedy = "Look at SHOW REPLICA STATUS on the backup.",
            },
            (_, ReplicationThread.Connecting) => ReceiverConnecting(s, primaryIsPartners),
            _ => BothRun(s, objectives),
        };
        return seen with { Summary = name.Length == 0 ? char.ToUpperInvariant(seen.Summary[0]) + seen.Summary[1..] : name + seen.Summary, Evidence = EvidenceOf(s) };
    }

    private static Observation ApplierStopped(ReplicationStatus s)
    {
        string waiting = s.TransactionsToApply is > 0 and { } n ? $"; {Count(n)} received and not applied" : "";
        return s.ApplierError is { } error
            ? new Observation(Verdict.Failed, $"applying stopped by error {Short(error)}{waiting}.")
            {
                Remedy = "Mend what the error names on the backup, then START REPLICA SQL_THREAD. Skipping the transaction leaves the backup different from the primary; if in doubt, rebuild it.",
                ErrorId = "ReplicationApplierFailed",
            }
            : new Observation(Verdict.Failed, $"applying was stopped, without an error{waiting}.")
            {
                Remedy = "Find out who stopped it and why, then on the backup: START REPLICA SQL_THREAD.",
                ErrorId = "ReplicationApplierStopped",
            };
    }

    private static Observation ReceiverStopped(ReplicationStatus s, bool primaryIsPartners)
    {
        int number = NumberOf(s.ReceiverError);
        if (RefusedLogin.Contains(number))
        {
            return LoginRefused(s, primaryIsPartners);
        }

        if (LostPosition.Contains(number))
        {
            return new Observation(Verdict.Failed, $"the primary no longer has what the backup needs next: error {Short(s.ReceiverError!)}.")
            {
                Remedy = "Rebuild the backup from a fresh copy of the primary: the missing transactions cannot be fetched any more.",
                ErrorId = "ReplicationPositionLost",
            };
        }

        return s.ReceiverError is { } error
            ? new Observation(Verdict.Failed, $"receiving stopped by error {Short(error)}; {Applied(s)}.")
            {
                Remedy = "Mend what the error names, then on the backup: START REPLICA IO_THREAD.",
                ErrorId = "ReplicationReceiverFailed",
            }
            : new Observation(Verdict.Failed, $"receiving was stopped, without an error; {Applied(s)}.")
            {
                Remedy = "Find out who stopped it and why, then on the backup: START REPLICA IO_THREAD.",
                ErrorId = "ReplicationReceiverStopped",
            };
    }

    private static Observation ReceiverConnecting(ReplicationStatus s, bool primaryIsPartners)
    {
        int number = NumberOf(s.ReceiverError);
        if (RefusedLogin.Contains(number))
        {
            return LoginRefused(s, primaryIsPartners);
        }

        string since = s.LastContactSeconds is { } seconds
            ? $"has received nothing for {Durations.InWords(seconds)}"
            : "receives nothing; the replica does not say since when";
        return new Observation(Verdict.Degraded, $"{since}{(number == 0 ? "" : $" (error {number})")}; {Applied(s)}.")
        {
            Value = s.LastContactSeconds,
            Unit = s.LastContactSeconds is null ? null : "s",
            Remedy = "The backup cannot reach the primary. If the primary answers from here (Test-AcodeHealth -Component Source), look at the path between the two; "
                + "if not, the backup holds what there is: Get-AcodeRoute shows which route reads it.",
            ErrorId = "ReplicationDisconnected",
        };
    }

    private static Observation LoginRefused(ReplicationStatus s, bool primaryIsPartners) =>
        new(Verdict.Failed, $"the primary does not let the replication account in: error {Short(s.ReceiverError!)}; {Applied(s)}.")
        {
            Remedy = (primaryIsPartners ? "Ask the partner for the replication account's present password, then on the backup: " : "On the backup: ")
                + "STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='…' (MariaDB: CHANGE MASTER TO MASTER_PASSWORD='…'); START REPLICA.",
            ErrorId = "ReplicationLoginRefused",
        };

    private static Observation BothRun(ReplicationStatus s, Objectives objectives)
    {
        double limit = objectives.LagSeconds;
        if (s.LastContactSeconds is { } silence && silence > limit)
        {
            return new Observation(Verdict.Degraded, $"counts as connected and has heard nothing from the primary for {Durations.InWords(silence)}; {Applied(s)}.")
            {
                Value = silence,
                Unit = "s",
                Threshold = limit,
                Remedy = "The connection is probably dead without either side having noticed. On the backup: STOP REPLICA IO_THREAD; START REPLICA IO_THREAD.",
                ErrorId = "ReplicationSilent",
            };
        }

        if (s.LagSeconds is not { } lag)
        {
            // Without a lag, only the pair "everything received is applied" and "heard of it just now" says that it is in step.
            return s is { HasAppliedAllReceived: true, LastContactSeconds: { } contact }
                ? new Observation(Verdict.Healthy, $"in step: everything received is applied, last contact {Durations.InWords(contact)} ago.")
                : new Observation(Verdict.Unknown, $"both threads run and the replica does not know its lag; {Applied(s)}.")
                {
                    Cause = FailureClass.Unknown,
                    Remedy = "Repeat in a minute; if it stays so, look at SHOW REPLICA STATUS on the backup.",
                };
        }

        double delay = s.ConfiguredDelaySeconds ?? 0;
        double behind = Math.Max(0, lag - delay);
        string intended = delay > 0 ? $", of which {Durations.InWords(delay)} are intended" : "";
        return behind > limit
            ? new Observation(Verdict.Degraded, $"{Durations.InWords(lag)} behind the primary{intended}; {Applied(s)}.")
            {
                Value = lag,
                Unit = "s",
                Threshold = limit + delay,
                Remedy = "Look at what the applier is busy with (SHOW PROCESSLIST on the backup: a big transaction, a lock, slow disks). Do not switch to the backup before it has caught up.",
                ErrorId = "ReplicaBehind",
            }
            : new Observation(Verdict.Healthy, $"{(lag == 0 ? "in step" : $"{Durations.InWords(lag)} behind the primary")}{intended}; {Applied(s)}.")
            {
                Value = lag,
                Unit = "s",
                Threshold = limit + delay,
            };
    }

    private static string Applied(ReplicationStatus s) => s switch
    {
        { HasAppliedAllReceived: true } => "everything received is applied",
        { TransactionsToApply: > 0 and { } n } => $"{Count(n)} received and not yet applied",
        { HasAppliedAllReceived: false } => "not everything received is applied",
        _ => "whether everything received is applied is unknown",
    };

    private static List<string> EvidenceOf(ReplicationStatus s)
    {
        List<string> facts = [$"{s.ReplicatesFrom} -> {s.Source}{(s.Channel.Length == 0 ? "" : $", channel '{s.Channel}'")}"];
        facts.Add($"receiver {s.Receiver}{(s.ReceiverError is null ? "" : $", error {s.ReceiverError}")}");
        facts.Add($"applier {s.Applier}{(s.ApplierError is null ? "" : $", error {s.ApplierError}")}");
        facts.Add($"lag {(s.LagSeconds is { } lag ? $"{Text(lag)} s" : "NULL (unknown)")}{(s.ConfiguredDelaySeconds is > 0 and { } delay ? $", configured delay {Text(delay)} s" : "")}");
        if (s.LastContactSeconds is { } contact)
        {
            facts.Add($"last contact {Text(contact)} s ago");
        }

        if (s.ReceivedGtid is not null)
        {
            facts.Add($"received {s.ReceivedGtid}");
            facts.Add($"applied {s.AppliedGtid}");
        }

        facts.AddRange(s.Notes);
        return facts;
    }

    private static int NumberOf(string? error) =>
        error is not null && int.TryParse(error.AsSpan(0, Math.Max(0, error.IndexOf(':', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : 0;

    // The whole text is in the evidence; a summary is one line of a table.
    private static string Short(string error) => error.ReplaceLineEndings(" ") is { Length: > 120 } text ? text[..119] + "…" : error.ReplaceLineEndings(" ").TrimEnd('.');

    private static string Count(long transactions) => transactions == 1 ? "1 transaction" : string.Create(CultureInfo.InvariantCulture, $"{transactions:N0} transactions");

    private static string Text(double seconds) => seconds.ToString("0.#", CultureInfo.InvariantCulture);
}
