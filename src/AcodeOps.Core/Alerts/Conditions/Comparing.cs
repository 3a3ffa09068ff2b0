namespace AcodeOps.Alerts;

/// <summary>Comparisons, as figures and as text.</summary>
internal static class Comparing
{
    /// <summary>Whether a figure is such that the condition holds.</summary>
    public static bool Holds(this AlertComparison comparison, double value, double threshold) => comparison switch
    {
        AlertComparison.Above => value > threshold,
        AlertComparison.AtLeast => value >= threshold,
        AlertComparison.Below => value < threshold,
        AlertComparison.AtMost => value <= threshold,
        AlertComparison.Equal => value == threshold,
        _ => value != threshold,
    };

    /// <summary>True where the condition holds for great figures, false where for small ones, null where neither.</summary>
    public static bool? IsUpward(this AlertComparison comparison) => comparison switch
    {
        AlertComparison.Above or AlertComparison.AtLeast => true,
        AlertComparison.Below or AlertComparison.AtMost => false,
        _ => null,
    };

    /// <summary>As Datadog and Prometheus write it: <c>&gt;=</c>.</summary>
    public static string Sign(this AlertComparison comparison) => comparison switch
    {
        AlertComparison.Above => ">",
        AlertComparison.AtLeast => ">=",
        AlertComparison.Below => "<",
        AlertComparison.AtMost => "<=",
        AlertComparison.Equal => "==",
        _ => "!=",
    };
}
