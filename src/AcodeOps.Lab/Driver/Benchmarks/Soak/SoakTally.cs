using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Lab.Driver.Benchmarks.Soak;

/// <summary>What came of a soak, from what its people said.</summary>
internal sealed partial class SoakTally
{
    /// <summary>What they said, line by line.</summary>
    public ConcurrentQueue<string> Heard { get; } = [];

    /// <summary>How many faults befell the lab.</summary>
    public int Befallen { get; set; }

    /// <summary>How many operators were killed.</summary>
    public int Killed { get; set; }

    /// <summary>How often somebody was found whose shell had ended by itself.</summary>
    public int Ended { get; set; }

    /// <summary>How many acts came to an end.</summary>
    public int Acts => Heard.Count(line => Act().IsMatch(line));

    /// <summary>What is no answer: an error that carries no id of the product's, a check that failed itself, text on the error stream, a shell that ended.</summary>
    public int Foreign => Ended + Heard.Count(IsForeign);

    /// <summary>Each kind of line with how often it was said, and whatever is no answer.</summary>
    public IEnumerable<string> Lines() => Heard.Where(line => !line.StartsWith("heap ", StringComparison.Ordinal))
        .GroupBy(line => line.StartsWith("audit ", StringComparison.Ordinal) && !line.Contains("refused", StringComparison.Ordinal) ? "audit (stored)" : line)
        .OrderByDescending(same => same.Count()).Select(same => $"{same.Count(),6} {(IsForeign(same.Key) ? "! " : "")}{same.Key}");

    /// <summary>What the onlooker's shell held at the end, against after a quarter of the time.</summary>
    public double MemoryGrowth()
    {
        double[] heap = [.. Heard.Where(line => line.StartsWith("heap ", StringComparison.Ordinal)).Select(line => double.Parse(line[5..], CultureInfo.InvariantCulture))];
        return heap.Length < 4 ? double.NaN : heap[^1] / heap[heap.Length / 4];
    }

    private static bool IsForeign(string line) =>
        line.StartsWith("error ", StringComparison.Ordinal) || line.Contains("CheckFaulted", StringComparison.Ordinal)
        || (line.Contains(" refused ", StringComparison.Ordinal) && !Answer().IsMatch(line));

    [GeneratedRegex("^(switch|recover|drill|sync|rotate|maintain|health|audit|finish) ")]
    private static partial Regex Act();

    // An id of the product's, and the cmdlet that gave it.
    [GeneratedRegex(" refused [A-Z][A-Za-z0-9]+,AcodeOps\\.Commands\\.")]
    private static partial Regex Answer();
}
