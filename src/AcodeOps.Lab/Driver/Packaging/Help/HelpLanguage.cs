using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>A language of the help.</summary>
/// <param name="Example">Its word for an example.</param>
/// <param name="Of">A text of the source or of a page in this language.</param>
internal sealed record HelpLanguage(string Example, Func<string, string> Of)
{
    private static readonly XNamespace Help = "http://msh";

    /// <summary>The language that source and pages are written in.</summary>
    public static HelpLanguage English { get; } = new("Example", text => text);

    /// <summary>Writes the help in this language.</summary>
    /// <param name="cmdlets">The cmdlets, by name.</param>
    /// <param name="comments">What the source says of them.</param>
    /// <param name="pages">The folder with a page of each.</param>
    /// <param name="target">The language's folder in the module.</param>
    /// <param name="about">The folder with what is about the whole.</param>
    public void Write(IEnumerable<(string Name, Type Type)> cmdlets, DocComments comments, string pages, string target, string about)
    {
        Directory.CreateDirectory(target);
        XElement items = new(Help + "helpItems", new XAttribute("schema", "maml"));
        foreach ((string name, Type type) in cmdlets)
        {
            string page = Path.Combine(pages, name + ".md");
            items.Add(new CmdletMaml(type, comments, File.Exists(page) ? HelpPage.Read(page) : throw new DriverException($"{name} has no page: write docs/help/{name}.md."), this).Write());
        }

        File.WriteAllText(Path.Combine(target, "AcodeOps.dll-Help.xml"), "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + items + "\n");
        foreach (string topic in Directory.EnumerateFiles(about, "about_*.md"))
        {
            File.Copy(topic, Path.Combine(target, Path.GetFileNameWithoutExtension(topic) + ".help.txt"));
        }
    }
}
