namespace AcodeOps.Adapters.Files;

/// <summary>A kind of YAML file that people write: how it is called when something is wrong with it, and how large it may be.</summary>
/// <param name="Id">What its error ids begin with: <c>EnvironmentFile</c>.</param>
/// <param name="Name">Its name in sentences.</param>
/// <param name="MostBytes">The largest file.</param>
/// <param name="MostNodes">The most values, aliases counted as often as they are used.</param>
internal sealed record YamlKind(string Id, string Name, int MostBytes, int MostNodes)
{
    /// <summary>What to do about a file that is not there.</summary>
    public required string AdviceWhereMissing { get; init; }

    /// <summary>What to do about a file that is no YAML.</summary>
    public required string AdviceWhereInvalid { get; init; }

    /// <summary>An environment file.</summary>
    public static YamlKind Environment { get; } = new("EnvironmentFile", "environment file", 1024 * 1024, 20_000)
    {
        AdviceWhereMissing = "Write one with New-AcodeEnvironment, or name another with -Path or -Environment.",
        AdviceWhereInvalid = "Correct the file, or write a new one with New-AcodeEnvironment and compare.",
    };

    /// <summary>A file that says which findings are left alone.</summary>
    public static YamlKind Suppression { get; } = new("SuppressionFile", "suppression file", 1024 * 1024, 50_000)
    {
        AdviceWhereMissing = "Name another with -Suppression.",
        AdviceWhereInvalid = "Correct the file: nothing is suppressed by one that is not understood.",
    };

    /// <summary>A file of monitors; JSON is YAML.</summary>
    public static YamlKind Monitors { get; } = new("AlertFile", "file of monitors", 4 * 1024 * 1024, 200_000)
    {
        AdviceWhereMissing = "Name another with -Path.",
        AdviceWhereInvalid = "Correct the file: it should be JSON or YAML.",
    };

    /// <summary>A file of an Airbyte configuration: a connection's holds the schema of every table.</summary>
    public static YamlKind Configuration { get; } = new("ConfigurationFile", "configuration file", 16 * 1024 * 1024, 500_000)
    {
        AdviceWhereMissing = "Name another folder with -Path.",
        AdviceWhereInvalid = "Correct the file.",
    };
}
