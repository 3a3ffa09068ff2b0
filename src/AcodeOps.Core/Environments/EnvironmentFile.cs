using AcodeOps.Documents;

namespace AcodeOps.Environments;

/// <summary>What an environment file holds: the environments that are good, and everything that is wrong or doubtful.</summary>
/// <param name="Path">The file.</param>
/// <param name="DefaultName">The environment that is meant when none is named; null where the file does not say and has several.</param>
/// <param name="Environments">The environments without errors.</param>
/// <param name="Findings">Errors and warnings, with file, line and column.</param>
public sealed record EnvironmentFile(
    string Path, string? DefaultName, IReadOnlyList<AcodeEnvironment> Environments, IReadOnlyList<Finding> Findings)
{
    /// <summary>The names of all environments that are written in the file, good or not.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The environment of this name; without a name, the one that is meant by default.</summary>
    /// <exception cref="AcodeException">
    /// <c>EnvironmentNotGiven</c>: the file has several and says no default; <c>EnvironmentNotFound</c>: it has none of this
    /// name; <c>EnvironmentInvalid</c>: it has, and errors in it.
    /// </exception>
    public AcodeEnvironment Choose(string? name = null)
    {
        string? wanted = name ?? DefaultName;
        return Environments.FirstOrDefault(e => e.Name == wanted) is { } good ? good : throw Refuse(wanted);
    }

    private AcodeException Refuse(string? wanted)
    {
        if (wanted is not null ? Names.Contains(wanted) : Names.Count == 0)
        {
            Finding[] errors = [.. Findings.Where(f => f.Severity == FindingSeverity.Error)];
            string of = $"environments.{wanted}";
            Finding? first = errors.FirstOrDefault(f => f.Target == of || f.Target.StartsWith(of + ".", StringComparison.Ordinal)) ?? errors.FirstOrDefault();
            return new AcodeException(
                "EnvironmentInvalid", FailureClass.InvalidInput,
                wanted is null ? $"The environment file has errors. {first}" : $"Environment '{wanted}' has errors. {first}")
            {
                Advice = $"{first?.Remedy} Run Test-AcodeEnvironment -Path '{Path}' to see all.".TrimStart(),
                Subject = first is null ? new FilePosition(Path) : new FilePosition(Path, first.Line, first.Column),
            };
        }

        string names = string.Join(", ", Names.Order(StringComparer.Ordinal));
        return wanted is null
            ? new AcodeException("EnvironmentNotGiven", FailureClass.InvalidInput, $"{Path} has several environments and names no default: {names}.")
            {
                Advice = "Name one with -Environment, or write default: NAME in the file.",
                Subject = new FilePosition(Path),
            }
            : new AcodeException("EnvironmentNotFound", FailureClass.NotFound, $"{Path} has no environment '{wanted}'; it has {(names.Length == 0 ? "none" : names)}.")
            {
                Advice = "Name one of these.",
                Subject = wanted,
            };
    }
}
