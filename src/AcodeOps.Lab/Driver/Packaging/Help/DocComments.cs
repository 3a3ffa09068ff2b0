using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>What the source says of its classes and properties, as plain text.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, string> _summaries;

    private DocComments(Dictionary<string, string> summaries) => _summaries = summaries;

    /// <summary>Reads the file that the compiler writes.</summary>
    public static DocComments Read(string file) => new(XDocument.Load(file).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal));

    /// <summary>The summary of a class.</summary>
    public string Of(Type type) => _summaries.GetValueOrDefault($"T:{type.FullName}") ?? throw new DriverException($"{type.FullName} has no summary.");

    /// <summary>The summary of a property, where it is declared.</summary>
    public string Of(PropertyInfo property) =>
        _summaries.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}") ?? throw new DriverException($"{property.DeclaringType!.FullName}.{property.Name} has no summary.");

    private static string Text(XElement element) => Blanks().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? see.Attribute("langword")?.Value ?? "",
        XElement { Name.LocalName: "paramref" } parameter => parameter.Attribute("name")!.Value,
        XElement other => Text(other),
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
