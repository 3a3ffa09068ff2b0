using System.Text.RegularExpressions;

namespace AcodeOps.Secrets.Scanning.Formats;

/// <summary>How a program takes a password on its command line.</summary>
/// <param name="Program">The program, or its first words.</param>
/// <param name="Form">What stands before the password, after the program.</param>
internal sealed record CommandOption(string Program, Regex Form)
{
    /// <summary>True where a user stands before it: <c>user:password</c>.</summary>
    public bool IsLogin { get; init; }

    /// <summary>True where nothing stands between the option and the password.</summary>
    public bool IsAttached { get; init; }
}

/// <summary>The programs whose options are known. A new one is one line.</summary>
internal static partial class CommandOptions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CommandOption> All { get; } =
    [
        new("mysql ", Attached()) { IsAttached = true },
        new("mysqldump ", Attached()) { IsAttached = true },
        new("mysqladmin ", Attached()) { IsAttached = true },
        new("mariadb ", Attached()) { IsAttached = true },
        new("mariadb-dump ", Attached()) { IsAttached = true },
        new("curl ", User()) { IsLogin = true },
        new("lftp ", User()) { IsLogin = true },
        new("sshpass ", Apart()),
        new("zip ", Capital()),
        new("sqlcmd ", Capital()),
        new("bcp ", Capital()),
        new("redis-cli ", Access()),
        new("docker login ", Apart()),
        new("podman login ", Apart()),
        new("helm registry login ", Apart()),
        new("az login ", Apart()),
        new("twine upload ", Apart()),
        new("smbclient ", Smb()) { IsLogin = true },
        new("aws configure set aws_secret_access_key", Next()),
        new("npm config set", AuthToken()),
        new("nuget push ", ApiKey()),
        new("echo ", Echoed()) { IsLogin = true },
        new("openssl ", PassPhrase()),
        new("echo ", Piped()),
    ];

    [GeneratedRegex("""(?<=\s)-p(?=[^\s-])""", RegexOptions.CultureInvariant)]
    private static partial Regex Attached();

    [GeneratedRegex("""(?:^|(?<=\s))(?:-u\s{0,3}|--user[\s=]{1,3}|--proxy-user[\s=]{1,3})""", RegexOptions.CultureInvariant)]
    private static partial Regex User();

    [GeneratedRegex("""(?:^|(?<=\s))-p\s{0,3}(?=\S)""", RegexOptions.CultureInvariant)]
    private static partial Regex Apart();

    [GeneratedRegex("""(?:^|(?<=\s))-P\s{0,3}(?=\S)""", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();

    [GeneratedRegex("""(?:^|(?<=\s))-a\s{0,3}(?=\S)""", RegexOptions.CultureInvariant)]
    private static partial Regex Access();

    [GeneratedRegex("""(?:^|(?<=\s))-U\s{0,3}(?=\S)""", RegexOptions.CultureInvariant)]
    private static partial Regex Smb();

    [GeneratedRegex("""^\s{1,3}(?=\S)""", RegexOptions.CultureInvariant)]
    private static partial Regex Next();

    [GeneratedRegex("""_authToken[\s=]{1,3}""", RegexOptions.CultureInvariant)]
    private static partial Regex AuthToken();

    [GeneratedRegex("""(?:--api-key|-k|-ApiKey)\s{1,3}""", RegexOptions.CultureInvariant)]
    private static partial Regex ApiKey();

    [GeneratedRegex("""(?<=-pass(?:in|out)?\s)pass:""", RegexOptions.CultureInvariant)]
    private static partial Regex PassPhrase();

    // What follows is piped to chpasswd or to --password-stdin; the part before the pipe is all that is looked at.
    [GeneratedRegex("""^(?=["']?\w{1,32}:[^\s"']{4,64}["']?\s{0,3}$)""", RegexOptions.CultureInvariant)]
    private static partial Regex Echoed();

    [GeneratedRegex("""^(?=["'][^\s"':$]{6,64}["']\s{0,3}$)""", RegexOptions.CultureInvariant)]
    private static partial Regex Piped();
}
