using System.Text;
using AcodeOps.Environments;

namespace AcodeOps.Adapters.Files;

/// <summary>Reads a text file that a person wrote: small, and UTF-8 or UTF-16 with its mark.</summary>
internal static class TextFile
{
    private const int MostBytes = 1024 * 1024;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Utf8),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    public static string Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        (byte[] mark, Encoding encoding) = Marks.FirstOrDefault(m => bytes.AsSpan().StartsWith(m.Mark), ([], Utf8));
        string text;
        try
        {
            text = encoding.GetString(bytes, mark.Length, bytes.Length - mark.Length);
        }
        catch (DecoderFallbackException)
        {
            throw YamlFault.Invalid(path, null, "The file is not text in UTF-8.");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw YamlFault.Invalid(path, null, "The file is binary, not text.") : text;
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw Unreadable(path, "is a folder, not a file", FailureClass.InvalidInput);
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // Not by the length: devices and pipes have none.
            byte[] buffer = new byte[MostBytes + 1];
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MostBytes ? buffer[..length] : throw YamlFault.Invalid(path, null, $"The file is larger than {MostBytes / 1024} KiB.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AcodeException("EnvironmentFileNotFound", FailureClass.NotFound, $"The environment file '{path}' does not exist.")
            {
                Advice = "Write one with New-AcodeEnvironment, or name another with -Path or -Environment.",
                Subject = new FilePosition(path),
            };
        }
        catch (UnauthorizedAccessException)
        {
            throw Unreadable(path, "may not be read by this user", FailureClass.Permission);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, $"cannot be read: {e.Message}", FailureClass.InvalidInput);
        }
    }

    private static AcodeException Unreadable(string path, string why, FailureClass cause) =>
        new("EnvironmentFileUnreadable", cause, $"The environment file '{path}' {why}.")
        {
            Advice = "Check the path and the rights of the file.",
            Subject = new FilePosition(path),
        };
}
