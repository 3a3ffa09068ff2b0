using AcodeOps.Health;

namespace AcodeOps.Deployment.Checks;

/// <summary>The files have no errors: what Test-AcodeConfiguration says.</summary>
internal sealed class ConfigurationCheck : DeploymentCheck
{
    /// <inheritdoc />
    public override DeploymentStage Stage => DeploymentStage.Before;

    /// <inheritdoc />
    public override string Target => "configuration";

    /// <inheritdoc />
    public override Task<Observation> ObserveAsync(DeploymentContext context, CancellationToken cancel) => Task.FromResult(Judge(context.Project));

    /// <summary>Failed with errors, Degraded with warnings.</summary>
    internal static Observation Judge(ConfigurationProject project)
    {
        Finding[] errors = [.. project.Findings.Where(finding => finding.Severity == FindingSeverity.Error)];
        Finding[] warnings = [.. project.Findings.Where(finding => finding.Severity == FindingSeverity.Warning)];
        Observation seen = new(Verdict.Healthy, $"{project.Resources.Count} files without errors or warnings.") { Evidence = [.. errors.Concat(warnings).Select(finding => $"{finding.Severity} {finding.Rule}: {InProject(project, finding)}")] };
        return errors.Length > 0 ? seen with
        {
            Verdict = Verdict.Failed,
            Summary = $"{errors.Length} errors and {warnings.Length} warnings: {InProject(project, errors[0])}",
            Cause = FailureClass.InvalidInput,
            ErrorId = "ConfigurationInvalid",
            Remedy = errors[0].Remedy ?? "Test-AcodeConfiguration shows all of them.",
        }
        : warnings.Length > 0 ? seen with
        {
            Verdict = Verdict.Degraded,
            Summary = $"No errors, {warnings.Length} warnings: {InProject(project, warnings[0])}",
            ErrorId = warnings[0].Rule,
            Remedy = warnings[0].Remedy ?? "Test-AcodeConfiguration shows all of them.",
        }
        : seen;
    }

    /// <summary>A finding with its place within the project.</summary>
    internal static string InProject(ConfigurationProject project, Finding finding) => finding.File is null
        ? finding.Message
        : $"{Path.GetRelativePath(project.Folder, finding.File)}({finding.Line},{finding.Column}): {finding.Message}";
}
