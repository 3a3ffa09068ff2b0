namespace AcodeOps.Lab.Driver;

/// <summary>Where the sources are, and where the driver leaves what it makes.</summary>
internal sealed class Repository(string root)
{
    public string Root { get; } = root;
    public string Out => Path.Combine(Root, "out");
    public string Module => Path.Combine(Out, "AcodeOps");
    public string Manifest => Path.Combine(Module, "AcodeOps.psd1");

    /// <summary>The repository around the working directory, or else the one that this program was built in.</summary>
    public static Repository Find() =>
        new(Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory)
            ?? throw new DriverException("The sources of AcodeOps are not here: run this from inside its repository."));

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "AcodeOps.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
