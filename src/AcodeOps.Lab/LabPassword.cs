using System.Security.Cryptography;

namespace AcodeOps.Lab;

/// <summary>Throw-away passwords and keys of a lab.</summary>
internal static class LabPassword
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public static string New(int length = 24) => RandomNumberGenerator.GetString(Letters, length);
}
