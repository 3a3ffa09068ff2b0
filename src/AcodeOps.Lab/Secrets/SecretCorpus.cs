using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Secrets;

/// <summary>
/// Reads the labelled cases. A case begins with <c># name | file | traits</c>; each line of its text begins with <c>!</c> where
/// it holds a secret, else with <c>|</c>. What stands between ⟦ and ⟧ is made up anew by a generator whose seed is the case's
/// name: no token that looks real is in the files.
/// </summary>
public static partial class SecretCorpus
{
    /// <summary>The cases of all files of a folder, in the order of their names and lines.</summary>
    public static IReadOnlyList<SecretCase> Read(string folder)
    {
        List<SecretCase> cases = [];
        foreach (string file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            List<string> lines = [];
            HashSet<int> secrets = [];
            foreach (string line in File.ReadLines(file))
            {
                if (line.StartsWith("# ", StringComparison.Ordinal) && line.Split(" | ") is [var name, var path, .. var traits])
                {
                    (lines, secrets) = ([], []);
                    cases.Add(new SecretCase(name[2..], path, lines, secrets, traits is [var listed] ? listed.Split(' ') : []));
                }
                else if (cases.Count > 0 && line is ['|' or '!', .. var text])
                {
                    SecretMaker maker = new(Seed($"{cases[^1].Name}/{lines.Count}"));
                    lines.Add(Part().Replace(text, part => maker.Make(part.Groups[1].Value)));
                    if (line[0] == '!')
                    {
                        secrets.Add(lines.Count);
                    }
                }
            }
        }

        return cases;
    }

    private static int Seed(string text) => text.Aggregate(17, (sum, c) => unchecked((sum * 31) + c));

    [GeneratedRegex("⟦(.*?)⟧")]
    private static partial Regex Part();
}
