using System.Globalization;

namespace AcodeOps.Adapters.Tests.Configuration;

/// <summary>Random damage to a project's files: the answer is findings with file, line and column; never another exception, never a hang.</summary>
public sealed class ConfigurationFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 400;

    private static readonly string[] Pieces =
    [
        "\t", "\n", "  ", ":", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!", "!!x ", "|\n", ">-\n", "'", "\"", "#", "%", "@", "`", "? ", "<<: *a", "---\n", "...\n",
        "null", "~", "true", "-1", "1e999", ".nan", "0x", "0b", "1:99", "９", "\u0001", "\u2028", "\uFEFF", "é", "\ud83d\ude00", ",", "\\", "\r", "${", "${}", "${A}", "$", "**********",
    ];

    [Fact]
    public void Damaged_files_are_answered()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ACODE_TEST_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed} (set ACODE_TEST_SEED to repeat)");
        Random random = new(seed);
        string[] paths = [ProjectFolder.Source, ProjectFolder.Destination, ProjectFolder.ActiveRoute];
        using ProjectFolder project = new();
        for (int round = 0; round < Rounds; round++)
        {
            string path = paths[random.Next(paths.Length)];
            string text = project.Text(path);
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                int at = random.Next(text.Length + 1);
                text = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                };
            }

            project.Write(path, text);
            Assert.All(project.Check().Findings, finding => Assert.True(
                finding is { File: not null, Line: >= 1, Column: >= 1, Message.Length: > 0 }, $"seed {seed}, round {round}: {finding}"));
            project.Write(path, project.Text(path));
        }

        Assert.Empty(project.Findings());
    }
}
