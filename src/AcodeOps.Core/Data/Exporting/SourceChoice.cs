using AcodeOps.Health;

namespace AcodeOps.Exporting;

/// <summary>The source that a copy is made from.</summary>
/// <param name="Role">The source.</param>
/// <param name="Server">The server behind it.</param>
/// <param name="Reason">Why it was chosen.</param>
/// <param name="BehindSeconds">How far it may be behind its own source, in seconds; null where that is not known.</param>
internal sealed record ChosenSource(SourceRole Role, string Server, string Reason, double? BehindSeconds);

/// <summary>
/// Chooses the source: the replica where it answers and replicates, as that is light on the primary's server; else the primary;
/// else the replica as it is.
/// </summary>
internal sealed class SourceChoice(IInstallation installation, TimeSpan timeout)
{
    private sealed record Look(SourceServer Server, Observation? Replication, double? BehindSeconds);

    /// <summary>The source.</summary>
    /// <param name="forced">The one that the operator named; null for none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>NoUsableSource</c>: none answers; or why the named one does not.</exception>
    public async Task<ChosenSource> ChooseAsync(SourceRole? forced, CancellationToken cancel)
    {
        if (forced is { } named)
        {
            (Look? look, AcodeException? failure) = await LookAsync(named, cancel).ConfigureAwait(false);
            return look is null ? throw failure! : Chosen(named, look, "it was asked for");
        }

        (Look? backup, AcodeException? backupFailure) = await LookAsync(SourceRole.Backup, cancel).ConfigureAwait(false);
        if (backup is { Replication.Verdict: not Verdict.Failed })
        {
            return Chosen(SourceRole.Backup, backup, "the replica answers, and reading it spares the primary's server");
        }

        (Look? primary, AcodeException? primaryFailure) = await LookAsync(SourceRole.Primary, cancel).ConfigureAwait(false);
        return primary is not null
            ? Chosen(SourceRole.Primary, primary, backup is null
                ? $"the replica cannot be read: {Sentence(backupFailure!.Message)}"
                : $"the replica is out of step: {Sentence(backup.Replication!.Summary)}")
            : backup is not null ? Chosen(SourceRole.Backup, backup, $"the primary cannot be read: {Sentence(primaryFailure!.Message)}")
            : throw new AcodeException("NoUsableSource", primaryFailure!.Cause, $"No source can be read. {primaryFailure.Message} {backupFailure!.Message}")
            {
                Advice = "Test-AcodeHealth -Component Source tells what is wrong with each of them.",
                Subject = installation.Environment,
            };
    }

    private static ChosenSource Chosen(SourceRole role, Look look, string reason) => new(
        role, $"{look.Server.Flavor} {look.Server.Version}",
        look.Replication is { } seen ? $"{reason}. Replication: {Sentence(seen.Summary)}" : reason,
        role == SourceRole.Primary ? 0 : look.BehindSeconds);

    private async Task<(Look? Look, AcodeException? Failure)> LookAsync(SourceRole role, CancellationToken cancel)
    {
        using CancellationTokenSource limit = new(timeout, installation.Clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            ISource source = installation.Environment.FindSource(role) is null ? throw NotDefined(role) : installation.Source(role);
            SourceServer server = await source.ProbeAsync(both.Token).ConfigureAwait(false);
            return (role == SourceRole.Primary ? new Look(server, null, 0) : await WithReplicationAsync(source, server, both.Token).ConfigureAwait(false), null);
        }
        catch (AcodeException failure)
        {
            return (null, failure);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, new AcodeException("SourceTimedOut", FailureClass.Timeout, $"The {role} source did not answer within {timeout.TotalSeconds:0.#} s."));
        }
    }

    private async Task<Look> WithReplicationAsync(ISource source, SourceServer server, CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<ReplicationStatus> channels = await source.ReadReplicationAsync(cancel).ConfigureAwait(false);
            bool isPartners = installation.Environment.FindSource(SourceRole.Primary)?.IsPartners == true;
            return new Look(server, ReplicationJudgement.Judge(channels, installation.Environment.Objectives, isPartners), ReplicationJudgement.BehindSeconds(channels));
        }
        catch (AcodeException failure) when (!failure.Cause.IsOutage())
        {
            return new Look(server, new Observation(Verdict.Unknown, $"how old its data is cannot be told: {failure.Message}"), null);
        }
    }

    private AcodeException NotDefined(SourceRole role) => new(
        "SourceNotDefined", FailureClass.InvalidInput, $"Environment '{installation.Environment.Name}' has no {role} source.")
    {
        Subject = installation.Environment,
    };

    private static string Sentence(string text) => text.TrimEnd('.');
}
