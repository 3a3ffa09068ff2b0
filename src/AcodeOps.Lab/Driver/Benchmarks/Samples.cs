namespace AcodeOps.Lab.Driver.Benchmarks;

/// <summary>Sums up the rounds of a benchmark.</summary>
internal static class Samples
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
