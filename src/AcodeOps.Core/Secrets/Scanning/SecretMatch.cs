using AcodeOps.Secrets.Scanning.Formats;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>A secret in a text.</summary>
/// <param name="Rule">Who found it.</param>
/// <param name="Start">Where its value begins.</param>
/// <param name="Length">How long its value is.</param>
internal sealed record SecretMatch(SecretRule Rule, int Start, int Length)
{
    /// <summary>What the secret is called in the text: <c>DB_PASSWORD</c>; null where it has no name.</summary>
    public string? Subject { get; init; }

    /// <summary>How much it matters.</summary>
    public FindingSeverity Severity { get; init; } = FindingSeverity.Error;

    /// <summary>The known kind of token that it is; null for all else.</summary>
    public TokenFormat? Format { get; init; }

    /// <summary>What of it may be shown: the first letters of a known format, which all secrets of the kind have in common.</summary>
    public string Shown { get; init; } = "";

    /// <summary>Where its value ends.</summary>
    public int End => Start + Length;
}

/// <summary>What was found in one text: of two rules that mean the same characters, the one that is trusted more speaks.</summary>
internal sealed class MatchList
{
    private readonly List<SecretMatch> _matches = [];
    private readonly List<(int Start, int End)> _judged = [];

    /// <summary>What was found, in the order of the text.</summary>
    public IReadOnlyList<SecretMatch> InOrder =>
        [.. _matches.Where(match => match.Rule.Trust == RuleTrust.Declared || !_judged.Exists(judged => match.Start >= judged.Start && match.End <= judged.End)).OrderBy(match => match.Start)];

    /// <summary>True where there are more than are told of a whole file.</summary>
    public bool IsFull => _matches.Count > Reading.StreamScan.MostMatches;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _matches.Clear();
        _judged.Clear();
    }

    /// <summary>A rule has understood what stands there: rules that would only guess have no say.</summary>
    public void Judge(int start, int length) => _judged.Add((start, start + length));

    /// <summary>Adds a match.</summary>
    public void Add(SecretMatch match)
    {
        // What overlaps was found a moment ago.
        for (int i = _matches.Count - 1; i >= 0 && i >= _matches.Count - 64; i--)
        {
            SecretMatch other = _matches[i];
            if (match.Start < other.End && other.Start < match.End)
            {
                if (other.Rule.Trust <= match.Rule.Trust)
                {
                    return;
                }

                _matches.RemoveAt(i);
            }
        }

        _matches.Add(match);
    }

    /// <summary>Adds a match of a value that stands there as it is.</summary>
    public void Add(SecretRule rule, in Spot spot, int start, int length, ReadOnlySpan<char> subject = default)
    {
        if (length > 0 && start >= 0 && start + length <= spot.Text.Length)
        {
            Add(new SecretMatch(rule, start, length) { Severity = rule.Severity, Subject = subject.IsEmpty ? null : subject.ToString() });
        }
    }
}
