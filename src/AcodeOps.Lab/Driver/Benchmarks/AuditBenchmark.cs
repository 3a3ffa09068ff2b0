using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What <c>Test-AcodeAudit</c> takes to verify the copy of a trail, beside <c>sha256sum</c> over the same files, which proves nothing of their order or of what is missing.</summary>
internal sealed class AuditBenchmark : IBenchmark
{
    private const int Records = 100_000;
    private const int SessionLength = 50;
    private const int Rounds = 3;

    public string Name => "audit";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        string folder = Path.Combine(Repository.Find().Out, "bench-audit");
        try
        {
            string whole = Path.Combine(folder, "whole"), tenth = Path.Combine(folder, "tenth");
            Write(whole, Records);
            Write(tenth, Records / 10);
            List<Verified> mine = [], small = [];
            List<double> theirs = [];
            for (int round = 0; round < Rounds; round++)
            {
                small.Add(await VerifyAsync(tenth, Records / 10, cancel));
                mine.Add(await VerifyAsync(whole, Records, cancel));
                long began = Stopwatch.GetTimestamp();
                await ChildProcess.RunAsync("bash", ["-c", $"find '{whole}' -name '*.json' -print0 | xargs -0 -n 500 -P 2 sha256sum > /dev/null"], folder, cancel);
                theirs.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }

            yield return new Measurement(
                string.Create(CultureInfo.InvariantCulture, $"Test-AcodeAudit -Path, {Records:N0} records (at most 20)"), "s", Samples.Median(mine.Select(v => v.Seconds)), "sha256sum, two at once", Samples.Median(theirs));
            yield return new Measurement("the most memory of its process", "MB", Samples.Median(mine.Select(v => v.PeakMb)), "the same with a tenth of the records", Samples.Median(small.Select(v => v.PeakMb)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Verified> VerifyAsync(string folder, int records, CancellationToken cancel)
    {
        const string script = "$watch = [Diagnostics.Stopwatch]::StartNew(); $found = Test-AcodeAudit -Path '{0}'; '{{0}} {{1}} {{2}} {{3}}' -f $found.Records, $watch.ElapsedMilliseconds, [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64, ($found.Faults.Kind -join ',')";
        List<string> lines = [];
        await ChildProcess.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "AcodeOps.Lab.dll"), "shell", "-NonInteractive", "-c", string.Format(CultureInfo.InvariantCulture, script, folder)],
            Directory.GetCurrentDirectory(), cancel, lines.Add);
        string[] fields = lines is [var line] ? line.Split(' ') : [];

        // The made-up trail has no digests; any other fault would make the figure worthless.
        return fields.Length == 4 && fields[0] == records.ToString(CultureInfo.InvariantCulture) && fields[3] == "DigestOverdue"
            ? new Verified(double.Parse(fields[1], CultureInfo.InvariantCulture) / 1000, double.Parse(fields[2], CultureInfo.InvariantCulture) / (1 << 20))
            : throw new DriverException($"Test-AcodeAudit: {string.Join(' ', lines)}");
    }

    // Written by hand, in the order and the form that RFC 8785 gives such plain records: so the product is held against another hand.
    private static void Write(string folder, int records)
    {
        DateTime at = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        string previous = "";
        for (int i = 0; i < records; i++)
        {
            int sequence = (i % SessionLength) + 1;
            at = at.AddSeconds(20);
            string id = i.ToString("00000000000000000000000000", CultureInfo.InvariantCulture), session = (i / SessionLength).ToString("x32", CultureInfo.InvariantCulture);
            string chain = sequence == 1 ? "\"sequence\":1" : string.Create(CultureInfo.InvariantCulture, $"\"previous\":\"{previous}\",\"sequence\":{sequence}");
            string head = $"{{\"caller\":{{\"account\":\"123456789012\",\"arn\":\"arn:aws:iam::123456789012:user/ana\"}},\"chain\":{{{chain}}},\"compliance\":{{\"legal_basis\":\"company policy 7\",\"retention_period_days\":2555}},\"details\":{{\"rows\":{i.ToString(CultureInfo.InvariantCulture)},\"seconds\":4.5}},\"event_type\":\"data_access\"";
            string tail = string.Create(CultureInfo.InvariantCulture, $"\"host\":\"ops-1\",\"id\":\"{id}\",\"module_version\":\"0.1.0\",\"phase\":\"event\",\"powershell_version\":\"7.6.9\",\"process_id\":4711,\"reason\":\"a rehearsal\",\"schema_version\":2,\"session_id\":\"{session}\",\"subject\":\"Source primary\",\"timestamp\":\"{at:yyyy-MM-dd'T'HH:mm:ss.fff}+00:00\",\"user_id\":\"ana\"}}");
            previous = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{head},{tail}")));
            string day = Path.Combine(folder, "acode_audit", at.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture));
            Directory.CreateDirectory(day);
            File.WriteAllText(Path.Combine(day, $"data_access_{at:HHmmss}_{id}.json"), $"{head},\"hash\":\"{previous}\",{tail}");
        }
    }

    private sealed record Verified(double Seconds, double PeakMb);
}
