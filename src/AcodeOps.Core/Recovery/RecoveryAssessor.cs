namespace AcodeOps.Recovery;

/// <summary>Looks at the parts that a recovery turns on, several times, and draws the looks together. Changes nothing but its canaries.</summary>
internal sealed class RecoveryAssessor(IInstallation installation, TimeSpan timeout)
{
    private readonly RecoveryDefinition _rules = installation.Environment.Recovery;
    private readonly RecoveryLooker _looker = new(installation, timeout);

    /// <summary>The assessment.</summary>
    /// <param name="progress">Is told each round; null for nobody.</param>
    /// <param name="cancel">Ends the looking.</param>
    public async Task<RecoveryAssessment> AssessAsync(IProgress<string>? progress, CancellationToken cancel)
    {
        List<RecoveryLook> looks = [];
        for (int round = 1; round <= _rules.Probes; round++)
        {
            if (round > 1)
            {
                await Task.Delay(TimeSpan.FromSeconds(_rules.ProbeSeconds), installation.Clock, cancel).ConfigureAwait(false);
            }

            progress?.Report($"Look {round} of {_rules.Probes}");
            looks.Add(await _looker.LookAsync(cancel).ConfigureAwait(false));
        }

        int needed = Math.Min(_rules.FailedProbes, looks.Count);
        return AssessmentJudgement.Judge(looks, needed, await _looker.RoutesAsync(cancel).ConfigureAwait(false), installation.Clock.GetUtcNow());
    }
}
