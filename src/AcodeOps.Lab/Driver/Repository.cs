namespace AcodeOps.Lab.Driver;

/// <summary>Where the sources are, and where the driver leaves what it makes.</summary>
internal sealed class Repository(string root)
{
    public string Root { get; } = root;
    public string Out => Path.Combine(Root, "out");
    public string Binaries => Path.Combine(Root, "artifacts", "bin");
    public string Module => Path.Combine(Out, "AcodeOps");
    public string Manifest => Path.Combine(Module, "AcodeOps.psd1");

    /// <summary>The repository that this program was built in, or else the one around the working directory.</summary>
    public static Repository Find() =>
        new(Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
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
