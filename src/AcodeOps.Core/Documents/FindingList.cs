namespace AcodeOps.Documents;

/// <summary>What is found in one file, with the place of each finding.</summary>
internal sealed class FindingList(string file)
{
    private readonly List<Finding> _findings = [];

    // The paths as they are: a finding's target has lost what does not print.
    private readonly List<string> _errors = [];

    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>How much a key matters that nobody knows.</summary>
    public FindingSeverity UnknownKeys { get; init; } = FindingSeverity.Error;

    /// <summary>The findings in the order of the file.</summary>
    public IReadOnlyList<Finding> InOrder => [.. _findings.OrderBy(f => f.File == file ? 0 : 1).ThenBy(f => f.Line).ThenBy(f => f.Column)];

    /// <summary>Adds a finding about a node.</summary>
    public void Add(DocumentNode at, string path, Complaint complaint)
    {
        if (complaint.Severity == FindingSeverity.Error)
        {
            _errors.Add(path);
        }

        _findings.Add(new Finding
        {
            Rule = complaint.Rule,
            Severity = complaint.Severity,
            Target = Printable.Of(path),
            Message = complaint.Message,
            // A variable may have put in what no file should hold.
            Current = complaint.Current is null ? null : Printable.Of(at is ScalarNode { Written: { } written } ? written : complaint.Current),
            Proposed = complaint.Proposed,
            Evidence = complaint.Evidence,
            Remedy = complaint.Remedy,
            File = at.File ?? file,
            Line = at.Line,
            Column = at.Column,
        });
    }

    /// <summary>True while nothing found is an error.</summary>
    public bool IsClean => _errors.Count == 0;

    /// <summary>Takes over what was found in another file.</summary>
    public void Take(FindingList other)
    {
        _findings.AddRange(other._findings);
        _errors.AddRange(other._errors);
    }

    /// <summary>True when this rule has found something at this very place.</summary>
    public bool Has(string rule, string path) => _findings.Exists(finding => finding.Rule == rule && finding.Target == Printable.Of(path));

    /// <summary>True when something at this path or below it is an error.</summary>
    public bool HasErrors(string path) => _errors.Exists(error =>
        error.StartsWith(path, StringComparison.Ordinal) && (error.Length == path.Length || error[path.Length] is '.' or '['));
}

/// <summary>A finding before it has its place.</summary>
internal sealed record Complaint(string Rule, string Message, FindingSeverity Severity = FindingSeverity.Error)
{
    public string? Current { get; init; }

    public string? Proposed { get; init; }

    public string? Evidence { get; init; }

    public string? Remedy { get; init; }
}
