namespace AcodeOps.Adapters.Files;

/// <summary>Where the product keeps what belongs to this user on this machine.</summary>
internal static class UserDataFolder
{
    /// <summary>
    /// <c>ACODE_DATA</c>; without it the platform's own place: <c>XDG_DATA_HOME</c> or <c>~/.local/share</c>,
    /// <c>LOCALAPPDATA</c> on Windows. Null where there is none, as for a user without a home.
    /// </summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ACODE_DATA") is { Length: > 0 } own)
        {
            return Path.GetFullPath(own);
        }

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length == 0 ? null : Path.Combine(local, "AcodeOps");
    }
}
