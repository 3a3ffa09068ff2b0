using System.Globalization;
using System.Xml.Linq;
using AcodeOps.Reports;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace AcodeOps.Adapters.Reports;

/// <summary>Draws charts by OxyPlot, as SVG.</summary>
internal sealed class OxyPlotPainter : IChartPainter
{
    private const double RowHeight = 24;
    private const double LineHeight = 15;
    private const string FontSize = "13";

    // The library sets the lines of a label so tight that they touch: it lays them out as if they were larger.
    private const double LaidOutSize = 17;
    private const double ShareOfLabel = 0.36;

    // How wide a character is at most on average: which font a reader has, nobody knows.
    private const double CharacterWidth = 7.8;
    private const double CapitalWidth = 10;
    private const double Gap = 10;

    // Half of a bar, of a row's height.
    private const double Half = 0.3;

    // What is too short to be seen is drawn as a hair's breadth.
    private const double Hair = 0.004;

    /// <inheritdoc />
    public string Paint(ReportChart chart, int width)
    {
        ArgumentNullException.ThrowIfNull(chart);
        int room = Math.Max(12, (int)(width * ShareOfLabel / CharacterWidth));
        string[] labels = [.. chart.Bars.Select(bar => ChartLabel.Broken(bar.Label, room))];
        string[] figures = [.. chart.Bars.Select(bar => ChartLabel.Clean(bar.Figure))];
        int lines = labels.Length == 0 ? 1 : labels.Max(label => label.Count(c => c == '\n') + 1);
        double height = (chart.Bars.Count * (RowHeight + ((lines - 1) * LineHeight))) + 12;
        PlotModel plot = new()
        {
            PlotMargins = new OxyThickness(WidthOf(labels), 0, WidthOf(figures), 0),
            PlotAreaBorderThickness = new OxyThickness(0),
            Background = OxyColors.Undefined,
            Padding = new OxyThickness(0),
            DefaultFontSize = LaidOutSize,
            TextColor = PageColors.Ink,
        };
        plot.Axes.Add(Labels(AxisPosition.Left, labels, "labels"));
        plot.Axes.Add(Labels(AxisPosition.Right, figures, "figures"));
        plot.Axes.Add(new LinearAxis { Position = AxisPosition.Bottom, Minimum = 0, Maximum = 1, IsAxisVisible = false, Key = "scale" });
        plot.Series.Add(Track(chart.Bars.Count));
        plot.Series.Add(Bars(chart.Bars));
        XElement svg = XElement.Parse(PageColors.InPlaceOf(new SvgExporter { Width = width, Height = height }.ExportToString(plot)));

        // As wide as there is room.
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        foreach (XElement shape in svg.Descendants())
        {
            Unfold(shape);
            if (shape.Attribute("font-size") is { } size)
            {
                size.Value = FontSize;
            }
        }

        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static double WidthOf(string[] texts) => texts.SelectMany(text => text.Split('\n'))
        .Select(line => line.Sum(c => char.IsUpper(c) || c is '@' or '_' ? CapitalWidth : CharacterWidth)).DefaultIfEmpty().Max() + Gap;

    // What the library writes as a style, as the attributes that it stands for.
    private static void Unfold(XElement shape)
    {
        string[] styles = ((string?)shape.Attribute("style") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        shape.SetAttributeValue("style", null);
        foreach (string[] style in styles.Select(style => style.Split(':', 2)).Where(style => style.Length == 2))
        {
            shape.SetAttributeValue(style[0].Trim(), style[1].Trim());
        }
    }

    // The first is on top.
    private static CategoryAxis Labels(AxisPosition position, string[] labels, string key)
    {
        CategoryAxis axis = new()
        {
            Position = position,
            Key = key,
            StartPosition = 1,
            EndPosition = 0,
            TickStyle = TickStyle.None,
            AxislineStyle = LineStyle.None,
            GapWidth = 0.6,
            AxisTickToLabelDistance = 8,
            IsTickCentered = true,
        };
        axis.Labels.AddRange(labels);
        return axis;
    }

    private static RectangleBarSeries Track(int bars)
    {
        RectangleBarSeries track = Series();
        for (int row = 0; row < bars; row++)
        {
            track.Items.Add(Item(row, 0, 1, PageColors.Track));
        }

        return track;
    }

    private static RectangleBarSeries Bars(IReadOnlyList<ReportBar> bars)
    {
        RectangleBarSeries series = Series();
        for (int row = 0; row < bars.Count; row++)
        {
            if (bars[row] is { From: { } from, Length: { } length })
            {
                double drawn = Math.Clamp(length, Hair, 1);
                series.Items.Add(Item(row, Math.Clamp(from, 0, 1 - drawn), drawn, PageColors.Of(bars[row].Kind)));
            }
        }

        return series;
    }

    private static RectangleBarItem Item(int row, double from, double length, OxyColor color) => new(from, row - Half, from + length, row + Half) { Color = color };

    private static RectangleBarSeries Series() => new() { StrokeThickness = 0, XAxisKey = "scale", YAxisKey = "labels" };
}
