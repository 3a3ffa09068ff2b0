using System.Globalization;
using AcodeOps.Reports;
using OxyPlot;

namespace AcodeOps.Adapters.Reports;

/// <summary>
/// The colours of the page that a chart stands in, which differ on a bright screen, a dark one and on paper. The library knows colours by numbers only: each variable
/// has a number that nothing else has, and gets its name back afterwards.
/// </summary>
internal static class PageColors
{
    private static readonly Dictionary<OxyColor, string> Variables = new()
    {
        [Ink] = "--ink",
        [Track] = "--track",
        [Number(3)] = "--accent",
        [Number(4)] = "--good",
        [Number(5)] = "--mind",
        [Number(6)] = "--bad",
        [Number(7)] = "--dim",
    };

    public static OxyColor Ink => Number(1);

    public static OxyColor Track => Number(2);

    public static OxyColor Of(ReportBarKind kind) => kind switch
    {
        ReportBarKind.Good => Number(4),
        ReportBarKind.Mind => Number(5),
        ReportBarKind.Bad => Number(6),
        ReportBarKind.Open => Number(7),
        _ => Number(3),
    };

    /// <summary>The drawing with the page's colours.</summary>
    public static string InPlaceOf(string svg) => Variables.Aggregate(svg, (text, variable) => text.Replace(
        string.Create(CultureInfo.InvariantCulture, $"rgb({variable.Key.R},{variable.Key.G},{variable.Key.B})"), $"var({variable.Value})", StringComparison.Ordinal));

    private static OxyColor Number(byte number) => OxyColor.FromRgb(0x0a, 0xc0, number);
}
