using AcodeOps.Configuration;

namespace AcodeOps.Commands;

/// <summary>Backups of the configuration as files.</summary>
internal static class BackupFile
{
    /// <summary>Writes one, which must not be there, and reads it back.</summary>
    /// <exception cref="AcodeException"><c>BackupFileNotWritten</c>, <c>BackupFileExists</c>.</exception>
    public static async Task<ConfigurationSnapshot> WriteAsync(ConfigurationSnapshot snapshot, string path, CancellationToken cancel)
    {
        try
        {
            using (FileStream file = new(path, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(ConfigurationBackups.ToFile(snapshot), cancel);
            }

            return await ReadAsync(path, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isThere = e is IOException && File.Exists(path);
            throw new AcodeException(isThere ? "BackupFileExists" : "BackupFileNotWritten", isThere ? FailureClass.Conflict : FailureClass.Permission, $"The backup '{path}' cannot be written: {e.Message}", e)
            {
                Advice = isThere ? "Choose another name: a backup is never overwritten." : "Check the path and the rights of its folder.",
                Subject = path,
            };
        }
    }

    /// <summary>Reads one and verifies it.</summary>
    /// <exception cref="AcodeException"><c>BackupNotFound</c>, <c>BackupDamaged</c>.</exception>
    public static async Task<ConfigurationSnapshot> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            return ConfigurationBackups.OfFile(await File.ReadAllBytesAsync(path, cancel), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AcodeException("BackupNotFound", FailureClass.NotFound, $"The backup '{path}' cannot be read: {e.Message}", e) { Advice = "Check the path.", Subject = path };
        }
    }
}
