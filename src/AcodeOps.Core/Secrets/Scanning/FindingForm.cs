using System.Security.Cryptography;
using System.Text;
using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>Makes findings of matches: told by rule and place, known again by a fingerprint, and without the secret.</summary>
internal static class FindingForm
{
    private const string Hidden = "…";
    private const int FingerprintBytes = 8;

    /// <summary>The finding.</summary>
    /// <param name="placed">The match.</param>
    /// <param name="file">Its file.</param>
    /// <param name="relative">The file as it is named from the root of what is scanned: part of the fingerprint.</param>
    /// <param name="ordinal">The how many-eth it is of those that look the same.</param>
    public static Finding Of(PlacedMatch placed, string file, string relative, int ordinal)
    {
        SecretMatch match = placed.Match;
        string rule = match.Format?.Rule ?? match.Rule.Id, kind = match.Format?.Kind ?? match.Rule.Kind;
        string? subject = match.Subject is null ? null : Printable.Of(match.Subject);
        return new Finding
        {
            Rule = rule,
            Severity = match.Severity,
            Target = subject ?? Printable.Of(relative),
            Message = $"{kind} is written into the file{(subject is null ? "" : $": '{subject}'")}.",
            Current = match.Shown + Hidden,
            Remedy = "Change it where it is valid, since the file may have been read and its history keeps it; then take it out and refer to its holder: secretsmanager:NAME or env:NAME.",
            File = Legible.OnOneLine(file),
            Line = placed.Line,
            Column = placed.Column,
            Fingerprint = FingerprintOf(rule, relative, placed.Context, ordinal),
        };
    }

    /// <summary>
    /// What a finding is known by again, also when lines move: its rule, its file and what stands around it. The secret is no part
    /// of it: a short one could be found by trying.
    /// </summary>
    public static string FingerprintOf(string rule, string relative, string context, int ordinal) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{rule}\n{relative}\n{context}\n{ordinal}"))), 0, FingerprintBytes).ToLowerInvariant();
}
