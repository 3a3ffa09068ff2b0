namespace AcodeOps.Findings;

/// <summary>A finding in words.</summary>
internal static class FindingText
{
    /// <summary>What is wrong and what to do, in one line.</summary>
    public static string Whole(Finding finding) => finding.Remedy is null ? finding.Message : $"{finding.Message} {finding.Remedy}";

    /// <summary>A file as it is named from a folder, with slashes; whole where it is not below the folder.</summary>
    public static string Relative(string file, string folder)
    {
        string relative = System.IO.Path.GetRelativePath(folder, file);
        return System.IO.Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }
}
