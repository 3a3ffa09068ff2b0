using System.Globalization;
using System.Runtime.CompilerServices;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Secrets;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// What <c>Find-AcodeSecret</c> finds of the labelled corpus, and what 200 MB of text take it, beside gitleaks and trufflehog on the
/// same files. Nobody is asked whether what is found is valid.
/// </summary>
internal sealed class SecretBenchmark : IBenchmark
{
    private const int MegaBytes = 200;
    private const int Rounds = 3;

    public string Name => "secrets";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        Repository repository = Repository.Find();
        await new PackageInstaller(Console.Error.WriteLine).InstallAsync(PackageTrees.SecretScanners, cancel);
        string folder = Path.Combine(repository.Out, "bench-secrets");
        IReadOnlyList<SecretCase> cases = SecretCorpus.Read(Path.Combine(repository.Root, "tests", "AcodeOps.Core.Tests", "Secrets", "Scanning", "Corpus"));
        SecretBenchmarkText.Make(repository.Root, Path.Combine(folder, "text"), MegaBytes, cancel);
        SecretBenchmarkText.Write(cases, Path.Combine(folder, "corpus"));
        SecretScannerRun[] scanners = [new AcodeScannerRun(repository), new GitleaksRun(), new TrufflehogRun()];

        List<(string Name, SecretScore All, SecretScore HeldOut)> scores = [];
        foreach (SecretScannerRun scanner in scanners)
        {
            HashSet<(string File, int Line)> found = await scanner.FindAsync(Path.Combine(folder, "corpus"), cancel);
            scores.Add((scanner.Name, SecretScore.Of(cases, found, _ => true), SecretScore.Of(cases, found, one => one.IsHeldOut)));
        }

        Dictionary<string, List<double>> seconds = scanners.ToDictionary(scanner => scanner.Name, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            // By turns, so that a busy machine is as busy for the one as for the others.
            foreach (SecretScannerRun scanner in scanners)
            {
                seconds[scanner.Name].Add(await scanner.TimeAsync(Path.Combine(folder, "text"), cancel));
            }
        }

        string what = string.Create(CultureInfo.InvariantCulture, $"{cases.Count} labelled cases, {scores[0].All.Labelled} secrets");
        foreach ((string name, SecretScore all, SecretScore heldOut) in scores[1..])
        {
            yield return new Measurement($"Find-AcodeSecret, {what}: found (at least 97)", "%", scores[0].All.Recall * 100, name, all.Recall * 100);
            yield return new Measurement("of what it tells, secrets (at least 90)", "%", scores[0].All.Precision * 100, name, all.Precision * 100);
            yield return new Measurement("found, of the third that no rule was made by", "%", scores[0].HeldOut.Recall * 100, name, heldOut.Recall * 100);
            yield return new Measurement("of what it tells there, secrets", "%", scores[0].HeldOut.Precision * 100, name, heldOut.Precision * 100);
            yield return new Measurement($"{MegaBytes} MB of text, median of {Rounds} (at most 10)", "s", Samples.Median(seconds[scanners[0].Name]), name, Samples.Median(seconds[name]));
        }

        yield return new Measurement("its speed", "MB/s", MegaBytes / Samples.Median(seconds[scanners[0].Name]));
        yield return new Measurement("the most memory that its process held", "MB", ((AcodeScannerRun)scanners[0]).MostMegaBytes);
    }
}
