namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>A file that a reader, or the next start after a SIGKILL, sees either as it was or as it is, never half.</summary>
internal static class AtomicFile
{
    public const string TemporarySuffix = ".tmp";

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + TemporarySuffix;
        FileStreamOptions create = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(temporary, create))
        {
            file.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
