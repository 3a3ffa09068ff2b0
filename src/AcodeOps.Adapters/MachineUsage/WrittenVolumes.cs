using AcodeOps.Tuning;

namespace AcodeOps.Adapters.MachineUsage;

/// <summary>The volumes that AcodeOps writes to: of the user's own data, of temporary files, and of the present folder.</summary>
internal static class WrittenVolumes
{
    /// <summary>Each of them once. One that cannot be asked is left out.</summary>
    public static IReadOnlyList<VolumeUse> Read()
    {
        string[] folders =
        [
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Path.GetTempPath(), Environment.CurrentDirectory,
        ];
        DriveInfo[] drives = [.. AllDrives().OrderByDescending(drive => drive.Name.Length)];
        return
        [
            .. folders.Where(folder => folder.Length > 0).Select(folder => Array.Find(drives, drive => Holds(drive.Name, folder))).OfType<DriveInfo>()
                .DistinctBy(drive => drive.Name).Select(Use).OfType<VolumeUse>(),
        ];
    }

    private static DriveInfo[] AllDrives()
    {
        try
        {
            return DriveInfo.GetDrives();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool Holds(string root, string folder) =>
        folder.StartsWith(root, StringComparison.OrdinalIgnoreCase) && (root.EndsWith(Path.DirectorySeparatorChar) || folder.Length == root.Length || folder[root.Length] == Path.DirectorySeparatorChar);

    private static VolumeUse? Use(DriveInfo drive)
    {
        try
        {
            return new VolumeUse(drive.Name, drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
