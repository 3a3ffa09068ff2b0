using System.Text;

namespace AcodeOps.Lab;

/// <summary>Files that only their owner may read, from their first byte on; written whole or not at all.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The lab runs on Linux.");
        }

        string made = path + ".new";
        File.Delete(made);
        using (FileStream file = new(made, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        File.Move(made, path, overwrite: true);
    }
}
