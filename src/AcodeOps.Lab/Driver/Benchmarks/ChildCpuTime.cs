using System.Globalization;

namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>What this process's children have used of the processors: a figure that a busy machine distorts less than the clock on the wall.</summary>
internal static class ChildCpuTime
{
    // What /proc counts in, on every Linux of x64 and arm64: hundredths of a second.
    private const double MillisecondsPerTick = 10;

    /// <summary>User and system time, in milliseconds, of all children that have ended so far, with theirs.</summary>
    public static double SoFar()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        // The second field is the program's name in brackets and may hold anything: cutime and cstime are the 14th and 15th after it.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Ticks(fields[13]) + Ticks(fields[14])) * MillisecondsPerTick;
    }

    private static long Ticks(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
