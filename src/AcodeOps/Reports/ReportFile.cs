using System.Text;

namespace AcodeOps.Reports;

/// <summary>Reports as files. A file is whole or not there.</summary>
internal static class ReportFile
{
    /// <summary>The file that is meant: the path, or in a folder the file of this name.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="name">The file's name, without the ending.</param>
    /// <param name="format">What it is written in.</param>
    public static string PlaceOf(string path, string name, ReportFormat format) => PlaceOf(path, $"{name}.{ExtensionOf(format)}");

    /// <summary>The file that is meant: the path, or in a folder the file of this name.</summary>
    public static string PlaceOf(string path, string name) => Directory.Exists(path) || Path.EndsInDirectorySeparator(path) ? Path.Combine(path, name) : path;

    /// <summary>Refuses when the file is there.</summary>
    /// <exception cref="AcodeException"><c>ReportExists</c>.</exception>
    public static void CheckAbsent(string path)
    {
        if (File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>Writes a report.</summary>
    /// <exception cref="AcodeException"><c>ReportExists</c>, <c>ReportUnwritable</c>.</exception>
    public static async Task<FileInfo> WriteAsync(string path, string content, bool replace, CancellationToken cancel)
    {
        byte[] text = Encoding.UTF8.GetBytes(content);
        string unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            FileStream file = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (file)
            {
                await file.WriteAsync(text, cancel);
            }

            File.Move(unfinished, path, replace);
            return new FileInfo(path);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AcodeException("ReportUnwritable", FailureClass.InvalidInput, $"'{path}' cannot be written: {e.Message}")
            {
                Advice = "Name a file or a folder that exists and that you may write to: -Path.",
                Subject = path,
                IsFatal = false,
            };
        }
        finally
        {
            Remove(unfinished);
        }
    }

    private static string ExtensionOf(ReportFormat format) => format switch
    {
        ReportFormat.Markdown => "md",
        ReportFormat.Json => "json",
        ReportFormat.Sarif => "sarif",
        ReportFormat.JUnit => "xml",
        ReportFormat.Csv => "csv",
        _ => "html",
    };

    private static void Remove(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left bears a name that nobody takes for a report, and the failure itself is told.
        }
    }

    private static AcodeException Exists(string path) => new("ReportExists", FailureClass.Conflict, $"'{path}' exists and is not replaced.")
    {
        Advice = "Name another file or folder with -Path, or use -Force to replace it.",
        Subject = path,
        IsFatal = false,
    };
}
