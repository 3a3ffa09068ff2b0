namespace AcodeOps.Lab.Packages;

/// <summary>The folder of everything that is fetched once and used by every lab of this user: $ACODE_CACHE, else ~/.cache/acodeops.</summary>
public static class LabCache
{
    public static string Root { get; } = Environment.GetEnvironmentVariable("ACODE_CACHE") is { Length: > 0 } folder
        ? Path.GetFullPath(folder)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "acodeops");

    public static string Folder(string name) => Path.Combine(Root, name);

    /// <summary>A path as people write it: under the home folder with a tilde.</summary>
    public static string Display(string path)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 1 && path.StartsWith(home + "/", StringComparison.Ordinal) ? "~" + path[home.Length..] : path;
    }
}
