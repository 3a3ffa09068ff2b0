using System.Text;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>Whose work the module carries, and on what terms: what those terms ask to be passed on.</summary>
internal static class ThirdPartyNotices
{
    /// <summary>The name of its file in the module.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.txt";

    /// <summary>Writes it into the module's folder.</summary>
    /// <param name="module">The module's folder.</param>
    /// <param name="packages">What it carries.</param>
    /// <param name="licences">The folder with the licences' texts.</param>
    public static void Write(string module, IReadOnlyList<ShippedPackage> packages, string licences)
    {
        StringBuilder text = new("AcodeOps carries assemblies of these packages, unchanged. The texts of their licences follow.\n");
        foreach (IGrouping<string, ShippedPackage> same in packages.GroupBy(package => package.Licence).OrderBy(same => same.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(same.Key).Append("\n\n");
            foreach (ShippedPackage package in same)
            {
                text.Append("  ").Append(package.Id).Append(' ').Append(package.Version).Append("\n    ").Append(OneLine(package.Makers)).Append('\n');
                if (package.Page is { } page)
                {
                    text.Append("    ").Append(page).Append('\n');
                }
            }
        }

        foreach (string licence in packages.Select(package => package.Licence).Distinct().Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append('-', 80).Append('\n').Append(licence).Append("\n\n").Append(File.ReadAllText(Path.Combine(licences, licence + ".txt")).ReplaceLineEndings("\n").Trim()).Append('\n');
        }

        File.WriteAllText(Path.Combine(module, FileName), text.ToString());
    }

    private static string OneLine(string makers) => string.Join(' ', makers.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
