using System.Globalization;
using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>Random damage to the template: the answer is an environment, findings, or a refusal; never another exception, never a hang.</summary>
public sealed class EnvironmentFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 1500;

    private static readonly string[] Pieces =
    [
        "\t", "\n", "  ", ":", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!", "!!x ", "|\n", ">-\n", "'", "\"", "#", "%", "@", "`", "? ", "<<: *a", "---\n", "...\n",
        "null", "~", "true", "-1", "1e999", ".nan", "0x10", "９", "\u0001", "\u2028", "\uFEFF", "é", "\ud83d\ude00", ",", "\\", "\r", "secret: x", "env:", "x-", "$",
    ];

    [Fact]
    public async Task Damaged_files_are_answered()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ACODE_TEST_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed} (set ACODE_TEST_SEED to repeat)");
        Random random = new(seed);
        for (int round = 0; round < Rounds; round++)
        {
            string text = EnvironmentTemplateText.Template;
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                text = Damage(text, random);
            }

            // The limit is there for a hang only: a round takes milliseconds.
            await Task.Run(() => Answer(text, $"seed {seed}, round {round}"), TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    private static void Answer(string text, string place)
    {
        EnvironmentFile file;
        try
        {
            file = YamlText.Judge(text);
        }
        catch (AcodeException refused) when (refused.Id == "EnvironmentFileInvalid")
        {
            return;
        }

        int lines = text.Count(c => c is '\n' or '\r' or '\u2028' or '\u2029' or '\u0085') + 1;
        Assert.All(file.Findings, f => Assert.True(f.Line >= 1 && f.Line <= lines && f.Column >= 1, $"{place}, {lines} lines: {f}\n{text}"));
        foreach (AcodeEnvironment environment in file.Environments)
        {
            Assert.True(environment.Airbyte.Url.IsAbsoluteUri, place);
            Assert.NotEmpty(environment.Routes);
            Assert.All(environment.Sources, s => Assert.NotNull(s.Credential));
            Assert.All(environment.Storages, s => Assert.NotNull(s.Bucket));
            Assert.All(environment.Routes, r => Assert.NotNull(environment.FindSource(r.Source)));
            Assert.All(environment.Routes, r => Assert.NotNull(environment.FindStorage(r.Storage)));
        }
    }

    private static string Damage(string text, Random random)
    {
        int at = random.Next(text.Length);
        int length = Math.Min(random.Next(1, 40), text.Length - at);
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        return random.Next(8) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
            2 => text[..at],
            3 => string.Join('\n', lines.Where((_, i) => i != line)),
            4 => string.Join('\n', [.. lines[..line], lines[random.Next(lines.Length)], .. lines[line..]]),
            5 => string.Join('\n', [.. lines[..line], new string(' ', random.Next(12)) + lines[line].TrimStart(), .. lines[(line + 1)..]]),
            6 => text.Remove(at, 1).Insert(at, ((char)random.Next(1, 0x250)).ToString()),
            _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
        } is { Length: > 0 } damaged ? damaged : " ";
    }
}
