using System.Globalization;
using AcodeOps.Documents;

namespace AcodeOps.Secrets.Scanning.Suppressing;

/// <summary>A file that says which findings of <c>Find-AcodeSecret</c> are left alone, why, and until when.</summary>
public sealed class SuppressionFile
{
    /// <summary>The name of the file that is looked for in a folder.</summary>
    public const string StandardName = ".acode-secrets.yaml";

    private static readonly ValueKind<string> Text = new("text", node => node.Value.Length > 0 ? node.Value : null);

    private static readonly ValueKind<DateOnly?> Day = new("a day such as 2027-01-31", node =>
        DateOnly.TryParseExact(node.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null);

    private readonly IReadOnlyList<SecretSuppression> _all;
    private readonly DateOnly _today;
    private readonly string _folder;

    private SuppressionFile(string path, IReadOnlyList<SecretSuppression> all, DateOnly today)
    {
        (Path, _all, _today) = (path, all, today);
        _folder = System.IO.Path.GetDirectoryName(path) ?? "";
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many findings were suppressed.</summary>
    public int Suppressed { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="documents">Reads YAML.</param>
    /// <param name="clock">Tells today.</param>
    /// <exception cref="AcodeException"><c>SuppressionFileNotFound</c>, <c>SuppressionFileUnreadable</c>, <c>SuppressionFileInvalid</c>, with line and column.</exception>
    public static SuppressionFile Read(string path, IDocumentReader documents, TimeProvider clock)
    {
        FindingList findings = new(path);
        IReadOnlyList<SecretSuppression>? all = MappingReader.Read(documents.Read(path), "", findings, root => root.RequiredItems("suppressions", item => ReadOne(item)));
        if (findings.InOrder.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } wrong)
        {
            FilePosition place = new(path, wrong.Line, wrong.Column);
            throw new AcodeException("SuppressionFileInvalid", FailureClass.InvalidInput, $"{place.InWords}: {wrong.Message}")
            {
                Advice = wrong.Remedy ?? "Correct the file: nothing is suppressed by one that is not understood.",
                Subject = place,
            };
        }

        return new SuppressionFile(path, all ?? [], DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
    }

    /// <summary>True where a finding is to be left alone today.</summary>
    public bool Suppresses(Finding finding, string file)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string relative = System.IO.Path.GetRelativePath(_folder, file).Replace('\\', '/');
        bool isSuppressed = false;
        foreach (SecretSuppression one in _all.Where(one => one.Fits(finding, relative)))
        {
            one.Uses++;
            isSuppressed |= one.Expires >= _today;
        }

        Suppressed += isSuppressed ? 1 : 0;
        return isSuppressed;
    }

    /// <summary>What is wrong with the suppressions themselves: expired ones, and ones that nothing fitted.</summary>
    public IEnumerable<Finding> Review() => _all.Where(one => one.Expires < _today || one.Uses == 0).Select(one => one.Expires < _today
        ? About(one, "SuppressionExpired", FindingSeverity.Warning, $"This suppression expired on {one.Expires:yyyy-MM-dd} and suppresses nothing any more.", "Take the secret out, or decide anew and give it another day.")
        : About(one, "SuppressionUnused", FindingSeverity.Information, "Nothing that was found fits this suppression.", "Remove it."));

    private Finding About(SecretSuppression one, string rule, FindingSeverity severity, string message, string remedy) => new()
    {
        Rule = rule,
        Severity = severity,
        Target = Printable.Of(one.Fingerprint ?? one.Path ?? one.Rule ?? "suppression"),
        Message = message,
        Evidence = $"Its reason: {Printable.Of(one.Reason)}",
        Remedy = remedy,
        File = Path,
        Line = one.Line,
        Column = one.Column,
    };

    private static SecretSuppression ReadOne(MappingReader item)
    {
        SecretSuppression one = new()
        {
            Rule = item.Optional("rule", Text),
            Path = item.Optional("path", Text),
            Fingerprint = item.Optional("fingerprint", Text),
            Reason = item.Required("reason", Text),
            Expires = item.Required("expires", Day) ?? default,
            Line = item.Node.Line,
            Column = item.Node.Column,
        };
        if (one.Path is null && one.Fingerprint is null)
        {
            item.ReportMissing("path", "the files that it is for, or fingerprint: the finding");
        }

        return one;
    }
}
