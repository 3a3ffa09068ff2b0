using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Help;

/// <summary>
/// The help that PowerShell shows: what each cmdlet does and takes, from the source's own words; examples and errors, from its page in <c>docs/help</c>;
/// and what is about the whole, from <c>docs/help/about</c>.
/// </summary>
internal static class HelpFiles
{
    private static readonly XNamespace Help = "http://msh";

    /// <summary>Writes the help into the module's folder.</summary>
    /// <param name="repository">The sources.</param>
    /// <param name="binaries">The folder of the module's assembly, with what the compiler has written of it.</param>
    /// <param name="folder">The module's folder.</param>
    public static void Write(Repository repository, string binaries, string folder)
    {
        string pages = Path.Combine(repository.Root, "docs", "help"), target = Path.Combine(folder, "en-US");
        Directory.CreateDirectory(target);
        DocComments comments = DocComments.Read(Path.Combine(binaries, "AcodeOps.xml"));
        XElement items = new(Help + "helpItems", new XAttribute("schema", "maml"));
        foreach ((string name, Type type) in Cmdlets(binaries))
        {
            string page = Path.Combine(pages, name + ".md");
            items.Add(new CmdletMaml(type, comments, File.Exists(page) ? HelpPage.Read(page) : throw new DriverException($"{name} has no page: write docs/help/{name}.md.")).Write());
        }

        File.WriteAllText(Path.Combine(target, "AcodeOps.dll-Help.xml"), "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + items + "\n");
        foreach (string about in Directory.EnumerateFiles(Path.Combine(pages, "about"), "about_*.md"))
        {
            File.Copy(about, Path.Combine(target, Path.GetFileNameWithoutExtension(about) + ".help.txt"));
        }
    }

    // Loaded from its bytes: the file stays free.
    private static IEnumerable<(string Name, Type Type)> Cmdlets(string binaries)
    {
        AssemblyLoadContext context = new("help");
        context.Resolving += (_, name) => Path.Combine(binaries, name.Name + ".dll") is var file && File.Exists(file) ? Load(file) : null;
        return
        [
            .. from type in Load(Path.Combine(binaries, "AcodeOps.dll")).GetExportedTypes()
               let cmdlet = type.GetCustomAttribute<CmdletAttribute>(inherit: false)
               where cmdlet is not null
               let name = $"{cmdlet.VerbName}-{cmdlet.NounName}"
               orderby name
               select (name, type),
        ];

        Assembly Load(string file)
        {
            using MemoryStream bytes = new(File.ReadAllBytes(file));
            return context.LoadFromStream(bytes);
        }
    }
}
