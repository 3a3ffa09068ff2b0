using System.Globalization;
using System.Xml.Linq;
using AcodeOps.Adapters.Reports;
using AcodeOps.Reports;

namespace AcodeOps.Adapters.Tests.Reports;

/// <summary>Charts as the library draws them: what is drawn is to scale, in the page's own colours, and text stays text.</summary>
public sealed class OxyPlotPainterTests
{
    [Fact]
    public void Bars_are_drawn_to_scale_in_the_colours_of_the_page()
    {
        ReportBar[] bars = [new("One", 0, 0.5, "5 s"), new("Two", 0.5, 0.25, "2.5 s") { Kind = ReportBarKind.Bad }, new("Never", null, null, "–")];
        string svg = new OxyPlotPainter().Paint(new ReportChart("Steps", "Step", "Took", bars), 900);
        (double X, double Width, string Fill)[] drawn = [.. XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "rect").Select(e => (Number(e, "x"), Number(e, "width"), (string?)e.Attribute("fill") ?? ""))];

        (double X, double Width, string Fill)[] tracks = [.. drawn.Where(rect => rect.Fill == "var(--track)")];
        Assert.Equal(3, tracks.Length);
        (double X, double Width, string Fill) one = drawn.Single(rect => rect.Fill == "var(--accent)"), two = drawn.Single(rect => rect.Fill == "var(--bad)");
        Assert.Equal(tracks[0].Width / 2, one.Width, 0.5);
        Assert.Equal(one.Width / 2, two.Width, 0.5);
        Assert.Equal(one.X + one.Width, two.X, 0.5);
        Assert.Equal(["One", "Two", "Never", "5 s", "2.5 s", "–"], XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
    }

    [Theory]
    [InlineData("</text><script>alert(1)</script>&\"'")]
    [InlineData("\u0001\u001b[31m\uFFFE\uD800")]
    [InlineData("a name without any space that goes on and on and on and on and on and on and on and on and on and on, as some do")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("")]
    public void A_label_is_text_whatever_it_holds(string label)
    {
        string svg = new OxyPlotPainter().Paint(new ReportChart("Steps", "Step", "Took", [new ReportBar(label, 0, 1, label)]), 420);

        Assert.DoesNotContain(XElement.Parse(svg).Descendants(), e => e.Name.LocalName == "script");
        Assert.DoesNotContain('\u001b', svg);
    }

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
