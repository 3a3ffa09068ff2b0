using System.Security.Cryptography;

namespace AcodeOps.Secrets.Rotating;

/// <summary>Makes passwords that nobody can guess, that the usual rules of MySQL and MariaDB take, and that need no quoting anywhere.</summary>
internal static class NewPassword
{
    private const int Length = 32;
    private const string Lower = "abcdefghijkmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const string Others = "-_.+=";
    private static readonly string[] Kinds = [Lower, Upper, Digits, Others];

    /// <summary>Makes one: 32 characters of four kinds, two of each kind at least.</summary>
    public static SecretText Make()
    {
        while (true)
        {
            string made = RandomNumberGenerator.GetString(string.Concat(Kinds), Length);
            // The first is a letter, so that no program takes it for an option.
            if (char.IsAsciiLetter(made[0]) && Kinds.All(kind => made.Count(kind.Contains) >= 2))
            {
                return new SecretText(made);
            }
        }
    }
}
