using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Tuning.Settings;

/// <summary>Which server it is, as far as what can be set there depends on it.</summary>
/// <param name="Flavor">The make.</param>
/// <param name="Number">The version: 9.7.0.</param>
public sealed partial record ServerVersion(SourceFlavor Flavor, Version Number)
{
    /// <summary>Of the version as a server prints it: <c>10.11.14-MariaDB-0+deb12u2</c>; old clients are told 5.5.5- before it.</summary>
    /// <exception cref="FormatException">There is no number in it.</exception>
    public static ServerVersion Of(SourceFlavor flavor, string text)
    {
        Match match = Form().Match(text.StartsWith("5.5.5-", StringComparison.Ordinal) ? text[6..] : text);
        return match.Success
            ? new ServerVersion(flavor, new Version(Part(match, 1), Part(match, 2), Part(match, 3)))
            : throw new FormatException($"'{text}' is no version of a server.");
    }

    /// <summary>Whether it is of a version or a later one of its make; null is never.</summary>
    /// <param name="mySql">The first version of MySQL.</param>
    /// <param name="mariaDb">The first version of MariaDB.</param>
    public bool IsFrom(Version? mySql, Version? mariaDb) => (Flavor == SourceFlavor.MySql ? mySql : mariaDb) is { } first && Number >= first;

    /// <summary>Whether a change can be kept by the server itself: <c>SET PERSIST</c>.</summary>
    public bool CanPersist => IsFrom(new Version(8, 0), null);

    /// <inheritdoc />
    public override string ToString() => $"{(Flavor == SourceFlavor.MySql ? "MySQL" : "MariaDB")} {Number}";

    private static int Part(Match match, int group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A([0-9]{1,3})\.([0-9]{1,3})(?:\.([0-9]{1,4}))?")]
    private static partial Regex Form();
}
