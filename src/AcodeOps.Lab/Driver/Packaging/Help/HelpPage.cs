using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>An example of a cmdlet.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What is to be known of it; empty for nothing.</param>
internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>
/// The page of a cmdlet in <c>docs/help</c>: its examples, each a heading, a block of code and what is to be known of it; then its errors, as a list under
/// the heading <c>Errors</c>; then where to read on, under <c>See also</c>. What it does and its parameters are told by the source.
/// </summary>
internal sealed partial record HelpPage(IReadOnlyList<HelpExample> Examples, IReadOnlyList<string> Errors, IReadOnlyList<string> Links)
{
    /// <summary>Reads a page.</summary>
    public static HelpPage Read(string file)
    {
        List<HelpExample> examples = [];
        string[] errors = [], links = [];
        foreach (string section in Heading().Split(File.ReadAllText(file).ReplaceLineEndings("\n")).Skip(1))
        {
            string title = section.Split('\n')[0].Trim();
            string body = section[section.IndexOf('\n', StringComparison.Ordinal)..].Trim();
            switch (title)
            {
                case "Errors":
                    errors = Items(body);
                    break;
                case "See also":
                    links = Items(body);
                    break;
                default:
                    Match code = Code().Match(body);
                    examples.Add(code.Success
                        ? new HelpExample(title, code.Groups["code"].Value.Trim(), Plain(body.Remove(code.Index, code.Length)))
                        : throw new DriverException($"{file}: the example '{title}' has no block of code."));
                    break;
            }
        }

        return new HelpPage(examples, errors, links);
    }

    private static string[] Items(string body) => [.. Item().Split("\n" + body).Select(Plain).Where(item => item.Length > 0)];

    private static string Plain(string markdown) => Blanks().Replace(markdown.Replace("`", "", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("```powershell\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\n- ")]
    private static partial Regex Item();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
