using System.Text.RegularExpressions;
using AcodeOps.Secrets.Scanning;

namespace AcodeOps.Documents;

/// <summary>Finds secrets that were written into a file. No finding repeats one.</summary>
internal static partial class SecretScan
{
    private static readonly string[] Words =
    [
        "password", "passwd", "pwd", "passphrase", "senha", "secret", "token", "apikey", "accesskey", "privatekey",
    ];

    /// <summary>Reports every key below the node that is named like a secret, and every value that looks like one.</summary>
    /// <param name="node">Where to look.</param>
    /// <param name="path">Its path in the document.</param>
    /// <param name="findings">Where to report.</param>
    /// <param name="namesIn">The path of a mapping whose keys are names that people gave; null for none.</param>
    public static void Report(DocumentNode node, string path, FindingList findings, string? namesIn = null)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach ((ScalarNode key, DocumentNode value) in mapping.Entries)
                {
                    string below = DocumentPath.Of(path, key.Value);
                    if (path != namesIn && IsSecret(key.Value, value))
                    {
                        findings.Add(key, below, Literal($"'{Printable.Of(key.Value)}' writes a secret into the file."));
                    }
                    else
                    {
                        Report(value, below, findings, namesIn);
                    }
                }

                break;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    Report(sequence.Items[i], DocumentPath.Of(path, i), findings, namesIn);
                }

                break;
            case ScalarNode scalar when LooksSecret(scalar.Value):
                findings.Add(scalar, path, Literal("This value holds a secret."));
                break;
        }
    }

    /// <summary>The complaint about a secret in the file.</summary>
    public static Complaint Literal(string message) => new("LiteralSecret", message)
    {
        Remedy = "Take it out of the file, change it where it is valid, and refer to its holder: credential: secretsmanager:NAME or env:NAME.",
    };

    /// <summary>True when a key is named like a secret and its value is not a mere reference to one.</summary>
    public static bool IsSecret(string key, DocumentNode value)
    {
        string folded = key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return folded != "secretsmanager"
            && Words.Any(word => folded.Contains(word, StringComparison.Ordinal))
            && !(value is ScalarNode scalar && (DocumentPath.IsNull(scalar) || CredentialReference.TryParse(scalar.Value) is not null));
    }

    /// <summary>True when a value looks like a secret, whatever it is called.</summary>
    public static bool LooksSecret(string value) => SecretLooks().IsMatch(value) || TextScan.HoldsToken(value);

    // Forms that are looser than those of the search for secrets, which leaves examples and placeholders alone: here nothing
    // of the kind may stand. An AWS access key id; user and password in an address; a connection string with a password; a
    // private key; the address of a Slack or Teams webhook.
    // Every repetition is bounded: the text is a stranger's.
    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b|://[^/@\s]{0,99}:[^/@\s]{1,99}@|\b(password|pwd|secret|token)\s{0,9}=|-----BEGIN [A-Z ]{0,30}PRIVATE KEY|hooks\.slack\.com/[a-z]|\.webhook\.office\.com/webhookb2/|[?&]sig=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretLooks();
}
