using System.Management.Automation;

namespace AcodeOps.Shell;

/// <summary>Names with wildcards as the user gave them; remembers which plain ones found nothing, as that is worth an error.</summary>
internal sealed class NameFilter(string[]? names)
{
    private readonly (string Text, WildcardPattern Pattern)[] _patterns =
        [.. (names ?? []).Select(name => (name, WildcardPattern.Get(name, WildcardOptions.IgnoreCase)))];

    private readonly HashSet<string> _matched = [];

    /// <summary>The names without wildcards that nothing has matched.</summary>
    public IEnumerable<string> Unmatched => _patterns.Select(p => p.Text)
        .Where(text => !WildcardPattern.ContainsWildcardCharacters(text) && !_matched.Contains(text));

    /// <summary>True when one of the names matches, or none was given.</summary>
    public bool IsMatch(string name)
    {
        if (_patterns.Length == 0)
        {
            return true;
        }

        string[] matching = [.. _patterns.Where(p => p.Pattern.IsMatch(name)).Select(p => p.Text)];
        _matched.UnionWith(matching);
        return matching.Length > 0;
    }
}
