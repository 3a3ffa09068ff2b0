using System.Runtime.CompilerServices;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The template and the schema as they are in the sources.</summary>
internal static class EnvironmentTemplateText
{
    public static string Template { get; } = File.ReadAllText(InSources("acode.template.yaml"));

    public static string SchemaFile { get; } = InSources("acode.schema.json");

    private static string InSources(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "AcodeOps", "schema", name));
}
