namespace AcodeOps.Environments;

/// <summary>What an environment file holds: the environments that are good, and everything that is wrong or doubtful.</summary>
/// <param name="Path">The file.</param>
/// <param name="DefaultName">The environment that is meant when none is named; null where the file does not say and has several.</param>
/// <param name="Environments">The environments without errors.</param>
/// <param name="Findings">Errors and warnings, with file, line and column.</param>
public sealed record EnvironmentFile(
    string Path, string? DefaultName, IReadOnlyList<AcodeEnvironment> Environments, IReadOnlyList<Finding> Findings);
