using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>
/// What is in the module, for those who must know: its packages with versions, licences and hashes, and each of its assemblies. Source: the specification
/// CycloneDX 1.6. It holds neither a time nor a random number: the same files have the same bill.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>The name of its file in the module.</summary>
    public const string FileName = "AcodeOps.cdx.json";

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <summary>Writes it into the module's folder.</summary>
    public static void Write(string module, string version, IReadOnlyList<ShippedPackage> packages)
    {
        string own = $"pkg:nuget/AcodeOps@{version}";
        JsonObject bill = new()
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "library",
                    ["bom-ref"] = own,
                    ["name"] = "AcodeOps",
                    ["version"] = version,
                    ["licenses"] = Licence("MIT"),
                    ["purl"] = own,
                    ["components"] = Files(module, OwnAssemblies(module, packages)),
                },
            },
            ["components"] = new JsonArray([.. packages.Select(package => (JsonNode)Component(module, package))]),
            ["dependencies"] = new JsonArray(new JsonObject { ["ref"] = own, ["dependsOn"] = new JsonArray([.. packages.Select(package => (JsonNode)Name(package))]) }),
        };
        File.WriteAllText(Path.Combine(module, FileName), bill.ToJsonString(Layout).ReplaceLineEndings("\n") + "\n");
    }

    private static string Name(ShippedPackage package) => $"pkg:nuget/{package.Id}@{package.Version}";

    private static JsonObject Component(string module, ShippedPackage package)
    {
        JsonObject component = new()
        {
            ["type"] = "library",
            ["bom-ref"] = Name(package),
            ["name"] = package.Id,
            ["version"] = package.Version,
            ["hashes"] = Hash("SHA-512", package.Sha512),
            ["licenses"] = Licence(package.Licence),
            ["copyright"] = package.Makers,
            ["purl"] = Name(package),
            ["components"] = Files(module, package.Assemblies.Select(assembly => $"dependencies/{assembly}")),
        };
        if (package.Page is { } page)
        {
            component["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = page });
        }

        return component;
    }

    private static IEnumerable<string> OwnAssemblies(string module, IReadOnlyList<ShippedPackage> packages) =>
        Directory.EnumerateFiles(module, "*.dll", SearchOption.AllDirectories)
            .Where(file => !packages.Any(package => package.Assemblies.Contains(Path.GetFileName(file))))
            .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static JsonArray Files(string module, IEnumerable<string> paths) => [.. paths.Select(path => (JsonNode)new JsonObject
    {
        ["type"] = "file",
        ["name"] = path,
        ["hashes"] = Hash("SHA-256", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(module, path))))),
    })];

    private static JsonArray Hash(string algorithm, string content) => [new JsonObject { ["alg"] = algorithm, ["content"] = content }];

    private static JsonArray Licence(string id) => [new JsonObject { ["license"] = new JsonObject { ["id"] = id } }];
}
