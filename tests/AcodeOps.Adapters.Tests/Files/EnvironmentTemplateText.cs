namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The template and the schema as they are in the sources.</summary>
internal static class EnvironmentTemplateText
{
    public static string Template { get; } = File.ReadAllText(InSources("acode.template.yaml"));

    public static string SchemaFile { get; } = InSources("acode.schema.json");

    // Not by the path of this source file: a build that is the same everywhere does not know where it was made.
    private static string InSources(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AcodeOps.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository."), "src", "AcodeOps", "schema", name);
    }
}
