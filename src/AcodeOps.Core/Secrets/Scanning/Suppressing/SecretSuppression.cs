using System.Text;
using System.Text.RegularExpressions;

namespace AcodeOps.Secrets.Scanning.Suppressing;

/// <summary>What a file of suppressions says about findings: which, why, and until when.</summary>
internal sealed class SecretSuppression
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromMilliseconds(200);

    /// <summary>The rule; null for all.</summary>
    public string? Rule { get; init; }

    /// <summary>The files, as a pattern; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>The one finding; null for all.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly Expires { get; init; }

    /// <summary>Where it is written.</summary>
    public required int Line { get; init; }

    /// <summary>Where it is written.</summary>
    public required int Column { get; init; }

    /// <summary>How many findings it fits.</summary>
    public int Uses { get; set; }

    private Regex? Pattern => field ??= Path is null ? null : OfGlob(Path);

    /// <summary>True where it means this finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="path">Its file, relative to the suppressions', with slashes.</param>
    public bool Fits(Finding finding, string path) =>
        (Rule is null || Rule.Equals(finding.Rule, StringComparison.OrdinalIgnoreCase))
        && (Fingerprint is null || Fingerprint.Equals(finding.Fingerprint, StringComparison.OrdinalIgnoreCase))
        && (Pattern is null || Pattern.IsMatch(path));

    // ** is any folders, * anything within one; a pattern without a slash is a name in any folder.
    private static Regex OfGlob(string glob)
    {
        StringBuilder pattern = new(glob.Contains('/', StringComparison.Ordinal) ? "^" : "^(?:.*/)?");
        for (int i = 0; i < glob.Length; i++)
        {
            (string piece, int taken) = glob[i..] switch
            {
                ['*', '*', '/', ..] => ("(?:.*/)?", 3),
                ['*', '*', ..] => (".*", 2),
                ['*', ..] => ("[^/]*", 1),
                ['?', ..] => ("[^/]", 1),
                _ => (Regex.Escape(glob[i].ToString()), 1),
            };
            pattern.Append(piece);
            i += taken - 1;
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, PatternLimit);
    }
}
