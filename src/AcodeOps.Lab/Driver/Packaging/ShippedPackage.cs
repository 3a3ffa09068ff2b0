using System.Text.Json;
using System.Xml.Linq;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>A package whose assemblies the module carries, with what its makers say of it.</summary>
/// <param name="Id">Its name at NuGet.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">Its licence, by SPDX's names.</param>
/// <param name="Makers">Who holds the copyright.</param>
/// <param name="Page">Its page; null where it names none.</param>
/// <param name="Sha512">The hash of the package as it was restored, in hexadecimal digits.</param>
/// <param name="Assemblies">The names of the files that are taken from it.</param>
internal sealed record ShippedPackage(string Id, string Version, string Licence, string Makers, string? Page, string Sha512, IReadOnlyList<string> Assemblies)
{
    /// <summary>What may be shipped, and of what the text lies in <c>docs/licences</c>.</summary>
    public static readonly IReadOnlyList<string> Permitted = ["Apache-2.0", "BSD-3-Clause", "MIT"];

    // Of those that tell their licence only by an address: read there.
    private static readonly Dictionary<string, string> ByAddress = new() { ["K4os.Compression.LZ4"] = "MIT" };

    /// <summary>Reads them.</summary>
    /// <param name="dependencies">The list of what is shipped, which the build keeps.</param>
    /// <param name="assets">The list of what was restored, which names the folders that packages are restored to.</param>
    /// <exception cref="DriverException">A package is not there, or its licence is none of the permitted.</exception>
    public static IReadOnlyList<ShippedPackage> Read(string dependencies, string assets)
    {
        using JsonDocument shipped = JsonDocument.Parse(File.ReadAllBytes(dependencies)), restored = JsonDocument.Parse(File.ReadAllBytes(assets));
        string[] folders = [.. restored.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        Dictionary<string, JsonElement> libraries = shipped.RootElement.GetProperty("libraries").EnumerateObject().ToDictionary(library => library.Name, library => library.Value);
        List<ShippedPackage> packages = [];
        foreach (JsonProperty library in shipped.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (libraries[library.Name] is var package && package.GetProperty("type").GetString() == "package" && library.Value.TryGetProperty("runtime", out JsonElement runtime))
            {
                packages.Add(Read(library.Name, package, folders, [.. runtime.EnumerateObject().Select(file => Path.GetFileName(file.Name))]));
            }
        }

        return [.. packages.OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private static ShippedPackage Read(string name, JsonElement package, string[] folders, string[] assemblies)
    {
        string path = package.GetProperty("path").GetString()!;
        string folder = folders.Select(parent => Path.Combine(parent, path)).FirstOrDefault(Directory.Exists) ?? throw new DriverException($"{name} was not restored to {string.Join(", ", folders)}.");
        XElement about = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        string id = Value("id")!;
        XElement? licence = Element("license");
        string told = licence?.Attribute("type")?.Value == "expression" ? licence.Value : ByAddress.GetValueOrDefault(id) ?? $"at {Value("licenseUrl") ?? "no address"}";
        return new ShippedPackage(
            id, Value("version")!, Permitted.Contains(told) ? told : throw new DriverException($"{name} has a licence that is none of {string.Join(", ", Permitted)}: {told}."),
            Value("copyright") ?? Value("authors")!, Value("projectUrl"),
            Convert.ToHexStringLower(Convert.FromBase64String(package.GetProperty("sha512").GetString()!["sha512-".Length..])), assemblies);

        XElement? Element(string part) => about.Elements().FirstOrDefault(element => element.Name.LocalName == part);

        string? Value(string part) => Element(part)?.Value.Trim() is { Length: > 0 } value ? value : null;
    }
}
