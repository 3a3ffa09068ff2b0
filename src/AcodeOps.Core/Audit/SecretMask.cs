using System.Text.RegularExpressions;

namespace AcodeOps.Audit;

/// <summary>Finds secrets by the names they go by, and by the forms in which they stand in text.</summary>
internal static partial class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    // A name such as secret_name or token_expires_at tells of a secret without being one.
    private static readonly string[] Harmless = ["name", "id", "arn", "reference", "version", "manager", "holder", "at", "age", "count", "days"];

    private static readonly string[] Telling =
    [
        "password", "passwd", "pwd", "passphrase", "senha", "secret", "token", "apikey", "accesskey", "privatekey", "credential",
        "connectionstring", "authorization", "cookie", "signature",
    ];

    /// <summary>True when a value of this name is likely a secret.</summary>
    public static bool IsSecretName(string name)
    {
        string plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return (plain is "pass" or "auth" or "pin" || plain.EndsWith("pass", StringComparison.Ordinal) || Telling.Any(word => plain.Contains(word, StringComparison.Ordinal)))
            && !Harmless.Any(end => plain.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>The text with the secrets in it masked: passwords of addresses, name=value pairs, bearer tokens, private keys, webhooks.</summary>
    public static string Text(string text)
    {
        text = AddressPassword().Replace(text, Mask);
        text = Bearer().Replace(text, "$1" + Mask);
        text = PrivateKey().Replace(text, Mask);
        text = Webhook().Replace(text, "$1" + Mask);
        return Pair().Replace(text, pair => IsSecretName(pair.Groups["name"].Value) ? pair.Groups["left"].Value + Mask : pair.Value);
    }

    [GeneratedRegex(@"(?<=://[^\s/:@]{0,128}:)[^\s@]{1,512}(?=@)")]
    private static partial Regex AddressPassword();

    [GeneratedRegex(@"\b(bearer\s+)[\w.~+/=-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(-----END [A-Z ]{0,40}PRIVATE KEY-----|$)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    // Slack's and Teams' webhooks, and the signature in the address of a workflow: whoever has them may write there.
    [GeneratedRegex(@"(hooks\.slack\.com/(?:services|workflows|triggers)/|\.webhook\.office\.com/webhookb2/|[?&]sig=)[\w%@/.~-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Webhook();

    // Names that cannot be secrets are left out here already: their values may hold further pairs, as addresses do.
    [GeneratedRegex(
        """(?<left>(?<![\w-])(?<name>[\w-]{0,40}(?:pass|pwd|senha|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization|cookie|signature)[\w-]{0,40})(["']?\s{0,4}[=:]\s{0,4}["']?))(?<value>(?<=["'])[^"']+|[^\s"',;&]+)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
