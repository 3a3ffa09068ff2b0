using System.Text;

namespace AcodeOps.Access;

/// <summary>One line of <c>SHOW GRANTS</c>: privileges on a scope, or roles. What stands behind <c>TO</c>, which may be a password's hash, is not kept.</summary>
/// <param name="Privileges">The privileges, in capitals, without columns; or the roles as they were written.</param>
/// <param name="Scope">What they are on: <c>*.*</c>, <c>`db`.*</c>; null for roles.</param>
/// <param name="MayPassOn">True where the account may grant them to others.</param>
public sealed record GrantStatement(IReadOnlyList<string> Privileges, string? Scope, bool MayPassOn)
{
    private const string Grant = "GRANT ";

    /// <summary>Reads a line; null for what gives nothing, as a revocation.</summary>
    public static GrantStatement? TryParse(string line)
    {
        if (!line.StartsWith(Grant, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string text = line[Grant.Length..];
        int to = Find(text, " TO ");
        int on = Find(text, " ON ");
        if (to < 0)
        {
            return null;
        }

        bool isRole = on < 0 || on > to;
        string[] parts = [.. Split(text[..(isRole ? to : on)]).Select(part => isRole ? part : Bare(part))];
        return new GrantStatement(
            parts, isRole ? null : text[(on + " ON ".Length)..to].Trim(), Find(text[to..], " WITH GRANT OPTION") >= 0 || Find(text[to..], " WITH ADMIN OPTION") >= 0);
    }

    // A privilege on columns names them in brackets.
    private static string Bare(string privilege)
    {
        int bracket = privilege.IndexOf('(', StringComparison.Ordinal);
        return (bracket < 0 ? privilege : privilege[..bracket]).Trim().ToUpperInvariant();
    }

    // Where a word stands outside of names and brackets.
    private static int Find(string text, string word)
    {
        char quote = '\0';
        for (int i = 0, depth = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '`' or '\'' or '"')
            {
                quote = c;
            }
            else if (depth == 0 && string.Compare(text, i, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return i;
            }
            else
            {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }

        return -1;
    }

    private static List<string> Split(string text)
    {
        List<string> parts = [];
        StringBuilder part = new();
        char quote = '\0';
        int depth = 0;
        foreach (char c in text)
        {
            quote = quote != '\0' ? (c == quote ? '\0' : quote) : c is '`' or '\'' or '"' ? c : '\0';
            depth += quote != '\0' ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && quote == '\0' && depth == 0)
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString().Trim());
        return parts;
    }
}
