using System.Security.Cryptography;

namespace AcodeOps.Lab.Driver.Packaging;

/// <summary>The hashes of the packages, in a file that <c>sha256sum -c</c> reads.</summary>
internal static class Checksums
{
    /// <summary>Writes them beside the packages.</summary>
    public static void Write(string file, params IEnumerable<string> packages) => File.WriteAllLines(
        file, packages.Order(StringComparer.Ordinal).Select(package => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package)))}  {Path.GetFileName(package)}"));
}
