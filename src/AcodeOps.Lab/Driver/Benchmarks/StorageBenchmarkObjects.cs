using System.Diagnostics;
using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>
/// The objects of the storage benchmark: a million keys of two tables under the dates of years, and of one folder without any, with bodies
/// of various sizes.
/// </summary>
internal static class StorageBenchmarkObjects
{
    public const string Whole = "lake/";

    /// <summary>A tenth of them: one of the tables.</summary>
    public const string Tenth = "lake/table=products/";

    private const int Count = 1_000_000;
    private const int Products = 100_000;
    private const int Sales = 600_000;
    private const int LargestBytes = 1_500;
    private const int ObjectsADay = 600;
    private const int AtOnce = 48;
    private static readonly DateOnly FirstDay = new(2024, 1, 1);

    /// <summary>How many there are under a prefix, and how large they are together.</summary>
    public static (long Objects, long Bytes) Figures(string prefix)
    {
        long objects = 0, bytes = 0;
        for (int i = 0; i < Count; i++)
        {
            if (prefix != Tenth || i < Products)
            {
                objects++;
                bytes += SizeOf(i);
            }
        }

        return (objects, bytes);
    }

    /// <summary>Writes those that are not there yet.</summary>
    /// <param name="bucket">Where to.</param>
    /// <param name="there">How many are there.</param>
    /// <param name="note">Told now and then how many are there.</param>
    /// <param name="say">Told one line now and then.</param>
    /// <param name="cancel">Ends it; the next call goes on.</param>
    public static async Task WriteAsync(Uri bucket, int there, Action<int> note, Action<string> say, CancellationToken cancel)
    {
        using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce }) { Timeout = TimeSpan.FromSeconds(100) };
        byte[] content = new byte[LargestBytes];
        new Random(20_261_127).NextBytes(content);
        int written = 0;
        Lock gate = new();
        long began = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(there, Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            using ByteArrayContent body = new(content, 0, SizeOf(i));
            using HttpResponseMessage answer = await http.PutAsync(new Uri(bucket, KeyOf(i)), body, stop);
            answer.EnsureSuccessStatusCode();
            lock (gate)
            {
                if (++written % 10_000 == 0)
                {
                    // They are written in order but for those that are under way.
                    note(there + written - AtOnce);
                    double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
                    say(string.Create(CultureInfo.InvariantCulture, $"{there + written:N0} objects are there, {written / seconds:0} a second"));
                }
            }
        });
        note(Count);
    }

    // Under each day of a table are as many objects as Airbyte and its like leave there.
    private static string KeyOf(int i) => i switch
    {
        < Products => Dated("products", i),
        < Products + Sales => Dated("sales", i - Products),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Whole}flat/{Mixed(i):x16}-{i}.parquet"),
    };

    private static string Dated(string table, int i) => string.Create(CultureInfo.InvariantCulture, $"{Whole}table={table}/year={FirstDay.AddDays(i / ObjectsADay):yyyy'/month='MM'/day='dd}/{Mixed(i):x16}_{i}.parquet");

    private static int SizeOf(int i) => (int)(Mixed(i + 1) % LargestBytes);

    // The same on every machine, and with no order that a server could make use of.
    private static ulong Mixed(int i)
    {
        ulong mixed = ((ulong)i + 1) * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}
