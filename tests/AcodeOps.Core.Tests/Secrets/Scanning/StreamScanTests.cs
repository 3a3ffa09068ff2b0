using System.Diagnostics;
using System.Text;
using AcodeOps.Lab.Secrets;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Core.Tests.Secrets.Scanning;

/// <summary>Streams of any length, encoding and content: every secret once, at its place, and an end.</summary>
[Collection(Alone.Name)]
public sealed class StreamScanTests
{
    private const int Piece = 1 << 18;
    private static readonly TextTraits Settings = TextTraits.Of("app.env");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Piece)]
    [InlineData(2 * Piece)]
    [InlineData(Piece - 40_000)]
    [InlineData((2 * Piece) - 40_000)]
    public async Task A_secret_at_the_seam_of_two_pieces_is_found_once_at_its_place(int seam)
    {
        for (int shift = -30; shift <= 30; shift += 6)
        {
            string filler = string.Concat(Enumerable.Repeat("ordinary=line of text\n", ((seam + shift) / 22) + 1))[..(seam + shift)];
            int line = filler.Count(c => c == '\n') + 2;
            string text = filler + "\nDB_PASSWORD=Farmacia2024\n" + string.Concat(Enumerable.Repeat("more text\n", 20_000));
            PlacedMatch found = Assert.Single((await FindAsync(text)).Matches);
            Assert.Equal((line, 13, "DB_PASSWORD"), (found.Line, found.Column, found.Match.Subject));
        }
    }

    [Fact]
    public async Task In_one_line_of_many_megabytes_the_column_is_right()
    {
        string before = new string('x', 3_000_000) + " ", after = new string('y', 3_000_000);
        PlacedMatch found = Assert.Single((await FindAsync($"first\n{before}\"password\":\"Farmacia2024\" {after}", "app.json")).Matches);
        Assert.Equal((2, before.Length + 13), (found.Line, found.Column));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "latin1"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Every_encoding_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("# configuração\nsenha=Injeção2024\n")];
        PlacedMatch found = Assert.Single((await StreamScan.ReadAsync(new MemoryStream(bytes), Settings, Cancel)).Matches);
        Assert.Equal((2, 7, 11), (found.Line, found.Column, found.Match.Length));
    }

    [Fact]
    public async Task Utf16_without_its_mark_is_text_and_null_bytes_are_none()
    {
        Assert.Single((await StreamScan.ReadAsync(new MemoryStream(Encoding.Unicode.GetBytes("x=1\npassword=Farmacia2024\n")), Settings, Cancel)).Matches);
        Assert.Equal("binary", (await StreamScan.ReadAsync(new MemoryStream([1, 2, 0, 3, 0, 0, 9, 8]), Settings, Cancel)).Binary);
        Assert.Equal("an archive (gzip)", (await StreamScan.ReadAsync(new MemoryStream([0x1F, 0x8B, 8, 1]), Settings, Cancel)).Binary);
        Assert.Empty((await StreamScan.ReadAsync(new MemoryStream([]), Settings, Cancel)).Matches);
    }

    [Fact]
    public async Task Of_a_file_of_secrets_a_thousand_are_told()
    {
        StreamFindings found = await FindAsync(string.Concat(Enumerable.Range(0, 1500).Select(i => $"PASSWORD_DB=Farmacia{i}x\n")));
        Assert.Equal((1000, true), (found.Matches.Count, found.IsCut));
    }

    [Fact]
    public async Task What_a_stranger_wrote_takes_no_time_that_grows()
    {
        string[] bombs =
        [
            new('a', 1_000_000), new('"', 1_000_000), string.Concat(Enumerable.Repeat("password", 15_000)), string.Concat(Enumerable.Repeat("password=", 15_000)), string.Concat(Enumerable.Repeat("://:@", 100_000)),
            string.Concat(Enumerable.Repeat("kind: Secret\n", 2_000)), string.Concat(Enumerable.Repeat("-----BEGIN ", 15_000)), string.Concat(Enumerable.Repeat("key: \"", 15_000)), string.Concat(Enumerable.Repeat("mysql -p", 15_000)),
            "SET PASSWORD FOR " + new string('x', 1_000_000), string.Concat(Enumerable.Repeat("eyJ.", 100_000)), string.Concat(Enumerable.Repeat("senha de ", 15_000)), "password: " + new string('{', 100_000), string.Concat(Enumerable.Repeat("name: password\n", 20_000)),
        ];
        foreach (string bomb in bombs)
        {
            foreach (string file in new[] { "a.yaml", "a.cs", "a.txt" })
            {
                long begun = Stopwatch.GetTimestamp();
                await FindAsync(bomb, file);
                Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(5), $"{bomb[..Math.Min(20, bomb.Length)]} in {file} took {Stopwatch.GetElapsedTime(begun)}.");
            }
        }
    }

    [Fact]
    public async Task Cut_and_mixed_cases_break_nothing()
    {
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        Random random = new(seed);
        IReadOnlyList<SecretCase> cases = SecretCorpus.Read(Path.Combine(AppContext.BaseDirectory, "Secrets", "Scanning", "Corpus"));
        for (int round = 0; round < 1500; round++)
        {
            SecretCase one = cases[random.Next(cases.Count)], other = cases[random.Next(cases.Count)];
            if (one.Traits.Contains("long") || other.Traits.Contains("long"))
            {
                continue;
            }

            string text = string.Join('\n', one.Lines), more = string.Join('\n', other.Lines);
            text = text[random.Next(text.Length)..] + more[..random.Next(more.Length)];
            await FindAsync(text, other.File);
        }
    }

    private static Task<StreamFindings> FindAsync(string text, string file = "app.env") => StreamScan.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TextTraits.Of(file), Cancel);
}
