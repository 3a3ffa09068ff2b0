using System.Management.Automation.Language;
using System.Text;
using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>What makes a zip of the module a package of the PowerShell Gallery, all of it read from the manifest.</summary>
internal static class GalleryParts
{
    private const string Relationship = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";

    public static IEnumerable<ArchiveEntry> For(string manifestPath, string version)
    {
        System.Collections.Hashtable manifest = Read(manifestPath);
        var data = (System.Collections.Hashtable)((System.Collections.Hashtable)manifest["PrivateData"]!)["PSData"]!;
        string[] cmdlets = Strings(manifest["CmdletsToExport"]);
        IEnumerable<string> tags = ["PSModule", "PSEdition_Core", .. Strings(data["Tags"]), .. Includes(cmdlets)];

        yield return Xml("AcodeOps.nuspec", new XElement(
            Nuspec + "package",
            new XElement(
                Nuspec + "metadata",
                Item("id", "AcodeOps"),
                Item("version", version),
                Item("authors", manifest["Author"]),
                Item("owners", manifest["CompanyName"]),
                Item("requireLicenseAcceptance", "false"),
                new XElement(Nuspec + "license", new XAttribute("type", "file"), "LICENSE"),
                Item("description", manifest["Description"]),
                Item("releaseNotes", data["ReleaseNotes"]),
                Item("copyright", manifest["Copyright"]),
                Item("tags", string.Join(' ', tags)))));
        XNamespace types = "http://schemas.openxmlformats.org/package/2006/content-types";
        yield return Xml("[Content_Types].xml", new XElement(
            types + "Types",
            Default(types, "rels", "application/vnd.openxmlformats-package.relationships+xml"),
            new[] { "nuspec", "psd1", "dll", "json", "ps1xml", "xml", "txt", "md" }.Select(e => Default(types, e, "application/octet")),
            new XElement(types + "Override", new XAttribute("PartName", "/LICENSE"), new XAttribute("ContentType", "application/octet"))));
        XNamespace rels = Relationship;
        yield return Xml("_rels/.rels", new XElement(
            rels + "Relationships",
            new XElement(
                rels + "Relationship",
                new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
                new XAttribute("Target", "/AcodeOps.nuspec"),
                new XAttribute("Id", "R1"))));
    }

    private static IEnumerable<string> Includes(string[] cmdlets) =>
        cmdlets.Length == 0 ? [] : ["PSIncludes_Cmdlet", .. cmdlets.Select(c => "PSCmdlet_" + c), .. cmdlets.Select(c => "PSCommand_" + c)];

    private static System.Collections.Hashtable Read(string manifestPath)
    {
        ScriptBlockAst script = Parser.ParseFile(manifestPath, out _, out ParseError[] errors);
        return errors.Length == 0 && script.Find(a => a is HashtableAst, searchNestedScriptBlocks: false) is HashtableAst table
            ? (System.Collections.Hashtable)table.SafeGetValue()
            : throw new DriverException($"{manifestPath} is not a module manifest: {errors.FirstOrDefault()?.Message}");
    }

    private static string[] Strings(object? value) => value switch
    {
        null => [],
        string one => [one],
        object[] many => [.. many.Select(v => v.ToString()!)],
        _ => throw new DriverException($"The manifest holds {value} where a list of words is expected."),
    };

    private static XElement Item(string name, object? value) => new(Nuspec + name, value ?? "");

    private static XElement Default(XNamespace types, string extension, string type) =>
        new(types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", type));

    private static ArchiveEntry Xml(string path, XElement root) =>
        new(path, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString() + "\n"));
}
