using System.Buffers;
using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Adapters.Files;

/// <summary>Reads a text file that a person wrote: small, and UTF-8 or UTF-16 with its mark.</summary>
internal static class TextFile
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Utf8),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),
    ];

    public static string Read(string path, YamlKind kind)
    {
        byte[] bytes = ReadBytes(path, kind);
        (byte[] mark, Encoding encoding) = Marks.FirstOrDefault(m => bytes.AsSpan().StartsWith(m.Mark), ([], Utf8));
        string text;
        try
        {
            text = encoding.GetString(bytes, mark.Length, bytes.Length - mark.Length);
        }
        catch (DecoderFallbackException)
        {
            throw kind.Invalid(path, null, "The file is not text in UTF-8.");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? throw kind.Invalid(path, null, "The file is binary, not text.") : text;
    }

    private static byte[] ReadBytes(string path, YamlKind kind)
    {
        if (Directory.Exists(path))
        {
            throw Unreadable(kind, path, "is a folder, not a file", FailureClass.InvalidInput);
        }

        // A thousand files of a project share one.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(kind.MostBytes + 1);
        int length = 0;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // Not by the length: devices and pipes have none.
            length = stream.ReadAtLeast(buffer.AsSpan(0, kind.MostBytes + 1), kind.MostBytes + 1, throwOnEndOfStream: false);
            return length <= kind.MostBytes ? buffer[..length] : throw kind.Invalid(path, null, $"The file is larger than {kind.MostBytes / 1024} KiB.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AcodeException(kind.Id + "NotFound", FailureClass.NotFound, $"The {kind.Name} '{path}' does not exist.")
            {
                Advice = kind.AdviceWhereMissing,
                Subject = new FilePosition(path),
            };
        }
        catch (UnauthorizedAccessException)
        {
            throw Unreadable(kind, path, "may not be read by this user", FailureClass.Permission);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(kind, path, $"cannot be read: {e.Message}", FailureClass.InvalidInput);
        }
        finally
        {
            // It may hold what should not be in a file.
            buffer.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static AcodeException Unreadable(YamlKind kind, string path, string why, FailureClass cause) =>
        new(kind.Id + "Unreadable", cause, $"The {kind.Name} '{path}' {why}.")
        {
            Advice = "Check the path and the rights of the file.",
            Subject = new FilePosition(path),
        };
}
