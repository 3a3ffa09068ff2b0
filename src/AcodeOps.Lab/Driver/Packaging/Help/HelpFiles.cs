using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace AcodeOps.Lab.Driver.Packaging.Help;

/// <summary>
/// The help that PowerShell shows: what each cmdlet does and takes, from the source's own words; examples and errors, from its page in <c>docs/help</c>;
/// and what is about the whole, from <c>docs/help/about</c>. In Portuguese the same, by the translations in <c>docs/help/pt-BR</c>.
/// </summary>
internal static class HelpFiles
{
    /// <summary>Writes the help into the module's folder.</summary>
    /// <param name="repository">The sources.</param>
    /// <param name="binaries">The folder of the module's assembly, with what the compiler has written of it.</param>
    /// <param name="folder">The module's folder.</param>
    public static void Write(Repository repository, string binaries, string folder)
    {
        string pages = Path.Combine(repository.Root, "docs", "help");
        string errors = Path.Combine(repository.Root, "docs", "errors.md");
        DocComments comments = DocComments.Read(Path.Combine(binaries, "AcodeOps.xml"));
        (string Name, Type Type)[] cmdlets = [.. Cmdlets(binaries)];
        HelpLanguage.English.Write(cmdlets, comments, pages, Path.Combine(folder, "en-US"), Path.Combine(pages, "about"));
        ErrorTopic.English.Write(errors, HelpLanguage.English.Of, Path.Combine(folder, "en-US"));
        Translation portuguese = Translation.Read(Path.Combine(pages, "pt-BR", "help.po"));
        new HelpLanguage("Exemplo", portuguese.Of).Write(cmdlets, comments, pages, Path.Combine(folder, "pt-BR"), Path.Combine(pages, "pt-BR"));
        portuguese.RefuseUnused();
        Translation meanings = Translation.Read(Path.Combine(pages, "pt-BR", "errors.po"));
        ErrorTopic.Portuguese.Write(errors, meanings.Of, Path.Combine(folder, "pt-BR"));
        meanings.RefuseUnused();
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
