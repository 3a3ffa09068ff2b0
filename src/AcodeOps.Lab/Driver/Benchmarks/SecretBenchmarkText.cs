using System.Globalization;
using System.Text;
using AcodeOps.Lab.Secrets;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>The files that the searches for secrets are measured on.</summary>
internal static class SecretBenchmarkText
{
    private const int LargeFile = 40_000_000;
    private static readonly string[] Ends = [".cs", ".md", ".json", ".yaml", ".txt", ".ps1", ".xml", ".props", ".sh"];

    /// <summary>The place of a case's file below the corpus's folder, with slashes.</summary>
    public static string FileOf(SecretCase one, int number) => string.Create(CultureInfo.InvariantCulture, $"{number:000}/{one.File}");

    /// <summary>Writes each case as the file that it is.</summary>
    public static void Write(IReadOnlyList<SecretCase> cases, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        for (int i = 0; i < cases.Count; i++)
        {
            string file = Path.Combine(folder, FileOf(cases[i], i));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, cases[i].Bytes);
        }
    }

    /// <summary>Writes so much text: this repository's own files over and over, each time with other numbers, and one large file of rows.</summary>
    public static void Make(string repository, string folder, int megaBytes, CancellationToken cancel)
    {
        string done = folder + ".done";
        if (File.Exists(done))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        string[] sources = [.. new[] { "src", "tests", "docs", "Examples" }.SelectMany(name => Directory.EnumerateFiles(Path.Combine(repository, name), "*", SearchOption.AllDirectories))
            .Where(file => Ends.Contains(Path.GetExtension(file)) && !file.Contains("Corpus", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        long written = Rows(Path.Combine(folder, "rows.json"));
        for (int copy = 0; written < megaBytes * 1_000_000L; copy++)
        {
            foreach (string source in sources)
            {
                cancel.ThrowIfCancellationRequested();
                string file = Path.Combine(folder, copy.ToString(CultureInfo.InvariantCulture), Path.GetRelativePath(repository, source));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                string text = File.ReadAllText(source).Replace("0", (copy + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                File.WriteAllText(file, text);
                written += Encoding.UTF8.GetByteCount(text);
                if (written >= megaBytes * 1_000_000L)
                {
                    break;
                }
            }
        }

        File.WriteAllText(done, "");
    }

    private static long Rows(string file)
    {
        using StreamWriter rows = new(file);
        Random random = new(20_261_126);
        for (int i = 0; rows.BaseStream.Length < LargeFile; i++)
        {
            rows.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"Id_Venda\": {i}, \"Data\": \"2026-11-{(i % 28) + 1:00}\", \"produto\": \"DIPIRONA {random.Next(1000)} MG\", \"key\": \"{random.NextInt64():x16}\", \"valor\": {random.NextDouble() * 100:0.00}, \"token_count\": {random.Next(99)}}}"));
        }

        rows.Flush();
        return rows.BaseStream.Length;
    }
}
