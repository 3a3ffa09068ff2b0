using System.Xml.Linq;

namespace AcodeOps.Reports;

/// <summary>A drawing in a page: what a painter has drawn, as a part of the page that can do nothing but be looked at.</summary>
internal static class HtmlDrawing
{
    private static readonly HashSet<string> Shapes = new(["g", "rect", "line", "polyline", "polygon", "path", "text", "tspan"], StringComparer.Ordinal);

    // Neither a font of its own, nor what points elsewhere, nor an id, of which a page has each once.
    private static readonly HashSet<string> Looks = new(
    [
        "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "width", "height", "points", "d", "transform", "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray",
        "text-anchor", "dominant-baseline", "font-size", "font-weight", "viewBox",
    ], StringComparer.Ordinal);

    /// <summary>The drawing.</summary>
    /// <param name="svg">What was drawn.</param>
    /// <param name="kind">Where it is shown.</param>
    /// <param name="chart">What it shows, for those who cannot see it.</param>
    public static XElement Of(string svg, string kind, ReportChart chart)
    {
        XElement drawn = Copy(XElement.Parse(svg, LoadOptions.PreserveWhitespace));
        string told = string.Join(". ", chart.Bars.Select(bar => $"{bar.Label}: {bar.Figure}"));
        drawn.Add(new XAttribute("class", kind), new XAttribute("role", "img"), new XAttribute("aria-label", XmlText.Of($"{chart.Title}. {told}")));
        return drawn;
    }

    // In a page the elements have no namespace; and an empty one would be written in XML's short form, which a page reads as open.
    private static XElement Copy(XElement drawn) => new(
        drawn.Name.LocalName,
        drawn.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None && Looks.Contains(attribute.Name.LocalName)).Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
        drawn.Nodes().Select(XNode? (node) => node switch
        {
            XElement shape when Shapes.Contains(shape.Name.LocalName) => Copy(shape),
            XText text => new XText(text.Value),
            _ => null,
        }),
        drawn.IsEmpty || !drawn.Nodes().Any() ? "" : null);
}
