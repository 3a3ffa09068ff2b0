using System.Globalization;
using System.Text;

namespace AcodeOps.Configuration.Importing;

/// <summary>Makes names of folders out of names of resources, as octavia does: lower case letters, digits and underscores.</summary>
internal static class Slug
{
    public static string Of(string name)
    {
        StringBuilder slug = new();
        foreach (char c in name.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '_')
            {
                slug.Append('_');
            }
        }

        string made = slug.ToString().Trim('_');
        return made.Length == 0 ? "unnamed" : made;
    }

    /// <summary>The same, but that none is taken twice.</summary>
    public static string Of(string name, HashSet<string> taken)
    {
        string slug = Of(name);
        for (int number = 2; !taken.Add(slug); number++)
        {
            slug = string.Create(CultureInfo.InvariantCulture, $"{Of(name)}_{number}");
        }

        return slug;
    }
}
