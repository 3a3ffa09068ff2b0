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
        if (context.ReadsTablesInOnePass)
        {
            SourceChoice choice = await ChooseAsync(context).ConfigureAwait(false);
            return Told(await ask(choice.Source).ConfigureAwait(false), choice.Evidence);
        }

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

    /// <summary>
    /// The source that figures of tables are asked of, chosen once a round: the backup where it is fresh enough, else the
    /// primary; the backup all the same where the primary does not answer.
    /// </summary>
    /// <exception cref="AcodeException">None can be asked.</exception>
    public static Task<SourceChoice> ChooseAsync(HealthContext context) => context.OnceAsync(typeof(SourceChoice), _ => FindAsync(context));

    private static async Task<SourceChoice> FindAsync(HealthContext context)
    {
        ISource? backup = null;
        string doubt = "there is no backup";
        if (context.Environment.FindSource(SourceRole.Backup) is not null)
        {
            try
            {
                backup = await context.SourceAsync(SourceRole.Backup).ConfigureAwait(false);
                if (await IsCurrentAsync(context).ConfigureAwait(false))
                {
                    return new SourceChoice(backup, "asked of the backup");
                }

                doubt = "the backup may be behind";
            }
            catch (AcodeException failure)
            {
                doubt = failure.Message;
            }
        }

        try
        {
            return new SourceChoice(await context.SourceAsync(SourceRole.Primary).ConfigureAwait(false), $"asked of the primary: {doubt}");
        }
        catch (Exception e) when (backup is not null && e is (AcodeException or OperationCanceledException))
        {
            // A replica that is behind shows fewer rows and older ones, never more: what it errs by alarms, and hides nothing.
            return new SourceChoice(backup, $"not certain: {doubt}, and the primary could not be asked: {(e as AcodeException)?.Id ?? "no answer in time"}");
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
