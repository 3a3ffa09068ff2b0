using System.Text;
using AcodeOps.Alerts;

namespace AcodeOps.Adapters.Files;

/// <summary>Reads recordings line by line: they may be larger than memory, and a line may not.</summary>
internal sealed class RecordingFiles : IRecordingFiles
{
    // A collection of a large environment, with its evidence, as one array.
    private const int MostCharacters = 8 * 1024 * 1024;

    /// <inheritdoc />
    public IEnumerable<string> ReadLines(string path)
    {
        using StreamReader reader = Open(path);
        char[] buffer = new char[64 * 1024];
        StringBuilder line = new();
        int read;
        while ((read = Next(reader, buffer, path)) > 0)
        {
            int begin = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', begin, read - begin)) >= 0; begin = end + 1)
            {
                yield return line.Append(buffer, begin, end - begin).ToString();
                line.Clear();
            }

            line.Append(buffer, begin, read - begin);
            if (line.Length > MostCharacters)
            {
                throw new AcodeException("RecordingInvalid", FailureClass.InvalidInput, $"'{path}' has a line of more than {MostCharacters / 1024 / 1024} million characters.") { Advice = "A recording has metrics as JSON, one a line.", Subject = path };
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AcodeException("RecordingNotFound", FailureClass.NotFound, $"The recording '{path}' does not exist.") { Advice = "Name another with -Recording.", Subject = path };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    private static int Next(StreamReader reader, char[] buffer, string path)
    {
        try
        {
            return reader.Read(buffer);
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    private static AcodeException Unreadable(string path, Exception e) =>
        new("RecordingUnreadable", e is UnauthorizedAccessException ? FailureClass.Permission : FailureClass.InvalidInput, $"The recording '{path}' cannot be read: {e.Message}") { Advice = "Check the path and the rights of the file.", Subject = path };
}
