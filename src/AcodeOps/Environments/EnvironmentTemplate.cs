using System.Text;
using AcodeOps.Documents;

namespace AcodeOps.Environments;

/// <summary>The environment file that New-AcodeEnvironment writes: the operations guide's installation, with comments.</summary>
internal static class EnvironmentTemplate
{
    private const string Resource = "acode.template.yaml";
    private const string SchemaPlace = "@SCHEMA@";

    /// <summary>Refuses when the file is there and may not be replaced.</summary>
    /// <exception cref="AcodeException"><c>EnvironmentFileExists</c>.</exception>
    public static void CheckAbsent(string path)
    {
        if (File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="AcodeException"><c>EnvironmentFileExists</c>, <c>EnvironmentFileUnwritable</c>.</exception>
    public static async Task<FileInfo> WriteAsync(string path, bool replace, CancellationToken cancel)
    {
        byte[] text = Encoding.UTF8.GetBytes(await ReadAsync(cancel));
        try
        {
            FileStream file = new(path, replace ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (file)
            {
                await file.WriteAsync(text, cancel);
            }

            return new FileInfo(path);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AcodeException("EnvironmentFileUnwritable", FailureClass.InvalidInput, $"'{path}' cannot be written: {e.Message}")
            {
                Advice = "Name a file in a folder that exists and that you may write to.",
                Subject = new FilePosition(path),
            };
        }
    }

    private static async Task<string> ReadAsync(CancellationToken cancel)
    {
        using StreamReader reader = new(typeof(EnvironmentTemplate).Assembly.GetManifestResourceStream(Resource)!);
        string schema = Path.Combine(Path.GetDirectoryName(typeof(EnvironmentTemplate).Assembly.Location)!, "schema", "acode.schema.json");
        return (await reader.ReadToEndAsync(cancel)).Replace(SchemaPlace, new Uri(schema).AbsoluteUri, StringComparison.Ordinal);
    }

    private static AcodeException Exists(string path) => new("EnvironmentFileExists", FailureClass.Conflict, $"'{path}' exists and is not replaced.")
    {
        Advice = "Name another file with -Path, or use -Force to replace it.",
        Subject = new FilePosition(path),
    };
}
