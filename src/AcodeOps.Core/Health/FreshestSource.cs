namespace AcodeOps.Health;

/// <summary>
/// Asks about the data where it costs least: the backup first. Only when its answer is not good, and the backup may
/// be behind, the primary is asked; when that does not answer, the backup's answer stands, with a word on it.
/// </summary>
internal static class FreshestSource
{
    /// <summary>Asks the backup, and the primary where the backup's answer does not settle it.</summary>
    /// <param name="context">The round.</param>
    /// <param name="ask">The question and its judgement.</param>
    public static async Task<Observation> AskAsync(HealthContext context, Func<ISource, Task<Observation>> ask)
    {
        Observation? backup = null;
        string doubt = "there is no backup";
        if (context.Environment.FindSource(SourceRole.Backup) is not null)
        {
            try
            {
                ISource source = await context.SourceAsync(SourceRole.Backup).ConfigureAwait(false);
                backup = Told(await ask(source).ConfigureAwait(false), "asked of the backup");
                if (backup.Verdict == Verdict.Healthy || await IsCurrentAsync(context).ConfigureAwait(false))
                {
                    return backup;
                }

                doubt = "the backup may be behind";
            }
            catch (AcodeException failure)
            {
                doubt = failure.Message;
            }
        }

        if (context.Environment.FindSource(SourceRole.Primary) is null)
        {
            return backup is null ? Unanswered(doubt) : Told(backup, $"not certain: {doubt}");
        }

        try
        {
            ISource source = await context.SourceAsync(SourceRole.Primary).ConfigureAwait(false);
            return Told(await ask(source).ConfigureAwait(false), $"asked of the primary: {doubt}");
        }
        catch (Exception e) when (backup is not null && e is (AcodeException or OperationCanceledException))
        {
            string why = e is AcodeException failure ? failure.Id : "no answer in time";
            return Told(backup, $"not certain: {doubt}, and the primary could not be asked: {why}");
        }
    }

    private static async Task<bool> IsCurrentAsync(HealthContext context)
    {
        IReadOnlyList<ReplicationStatus> channels = await context.ReplicationAsync().ConfigureAwait(false);
        return ReplicationJudgement.BehindSeconds(channels) <= context.Environment.Objectives.LagSeconds;
    }

    private static Observation Told(Observation seen, string fact) => seen with { Evidence = [.. seen.Evidence, fact] };

    private static Observation Unanswered(string why) => new(Verdict.Unknown, why) { Cause = FailureClass.Unknown, Remedy = "See the Source checks." };
}
