using AcodeOps.Documents;
using AcodeOps.Secrets.Scanning.Reading;
using AcodeOps.Secrets.Scanning.Suppressing;

namespace AcodeOps.Secrets.Scanning;

/// <summary>Turns what was found in one content into what is told of it: each secret once, without those that are suppressed.</summary>
/// <param name="root">What the content belongs to.</param>
/// <param name="clock">Tells today.</param>
internal sealed class FileFindings(ScanRoot root, TimeProvider clock)
{
    private readonly HashSet<(string Fingerprint, int Value)> _told = [];

    /// <summary>How many findings lines themselves suppress.</summary>
    public int SuppressedInline { get; private set; }

    /// <summary>What is told.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="file">The file.</param>
    /// <param name="commit">The commit, of a content of the history; null for a file as it is.</param>
    public IEnumerable<Finding> Of(StreamFindings found, string file, string? commit = null)
    {
        string relative = root.Relative(file);
        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        foreach (PlacedMatch placed in found.Matches)
        {
            string same = $"{placed.Match.Rule.Id}\n{placed.Match.Format?.Rule}\n{placed.Context}";
            ordinals[same] = ordinals.GetValueOrDefault(same) + 1;
            Finding finding = FindingForm.Of(placed, file, relative, ordinals[same]);
            if (!_told.Add((finding.Fingerprint!, placed.Value)))
            {
                continue;
            }

            (bool isSuppressed, Finding? complaint) = Inline(placed, finding);
            isSuppressed |= root.Suppressions?.Suppresses(finding, file) == true;
            if (complaint is not null)
            {
                yield return complaint;
            }

            if (!isSuppressed)
            {
                yield return commit is null ? finding : finding with
                {
                    Target = Printable.Of($"{commit[..Math.Min(12, commit.Length)]}:{relative}"),
                    Message = finding.Message.Replace("into the file", "into the history", StringComparison.Ordinal),
                    Evidence = $"First with commit {commit}.",
                };
            }
        }

        if (found.IsCut)
        {
            yield return new Finding
            {
                Rule = "TooManySecrets",
                Severity = FindingSeverity.Warning,
                Target = Printable.Of(relative),
                Message = $"More than {StreamScan.MostMatches} secrets are in this file: the others are not told.",
                Remedy = "Leave it out by a suppression if it holds no real ones; else treat it as a secret as a whole.",
                File = file,
            };
        }
    }

    private (bool IsSuppressed, Finding? Complaint) Inline(PlacedMatch placed, Finding finding)
    {
        if (placed.Note is null)
        {
            return (false, null);
        }

        var note = InlineSuppression.Parse(placed.Note);
        if (note.Until >= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime) && note.Reason.Length > 0)
        {
            SuppressedInline++;
            return (true, null);
        }

        bool isComplete = note.Until is not null && note.Reason.Length > 0;
        return (false, finding with
        {
            Rule = isComplete ? "SuppressionExpired" : "SuppressionIncomplete",
            Severity = FindingSeverity.Warning,
            Current = null,
            Fingerprint = null,
            Message = isComplete ? $"The suppression of this line expired on {note.Until:yyyy-MM-dd}." : "The suppression of this line lacks its last day, or its reason, and suppresses nothing.",
            Remedy = $"Take the secret out, or write {InlineSuppression.Sign} until YYYY-MM-DD and why.",
        });
    }
}
