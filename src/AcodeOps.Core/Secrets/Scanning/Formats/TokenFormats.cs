using AcodeOps.Secrets.Scanning.Judging;

namespace AcodeOps.Secrets.Scanning.Formats;

/// <summary>The kinds of tokens that are known by how they begin. A new one is one line.</summary>
internal static class TokenFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TokenFormat> All { get; } =
    [
        new("AwsAccessKey", "An AWS access key id", "AKIA", TokenAlphabet.Capitals, 16, 16),
        new("AwsAccessKey", "A temporary AWS access key id", "ASIA", TokenAlphabet.Capitals, 16, 16),
        new("SlackWebhook", "The address of a Slack webhook", "hooks.slack.com/services/", TokenAlphabet.Address, 30, 100) { InWords = true, NeedsEntropy = true },
        new("SlackWebhook", "The address of a Slack workflow", "hooks.slack.com/workflows/", TokenAlphabet.Address, 30, 150) { InWords = true, NeedsEntropy = true },
        new("SlackWebhook", "The address of a Slack trigger", "hooks.slack.com/triggers/", TokenAlphabet.Address, 30, 150) { InWords = true, NeedsEntropy = true },
        new("TeamsWebhook", "The address of a Teams webhook", ".webhook.office.com/webhookb2/", TokenAlphabet.Address, 60, 300) { InWords = true },
        new("SignedAddress", "The signature of an address", "?sig=", TokenAlphabet.Address, 20, 200) { InWords = true, NeedsEntropy = true, PrefixIsPart = false },
        new("SignedAddress", "The signature of an address", "&sig=", TokenAlphabet.Address, 20, 200) { InWords = true, NeedsEntropy = true, PrefixIsPart = false },
        new("SlackToken", "A Slack bot token", "xoxb-", TokenAlphabet.Base64Url, 24, 120),
        new("SlackToken", "A Slack user token", "xoxp-", TokenAlphabet.Base64Url, 24, 160),
        new("SlackToken", "A Slack token", "xoxa-", TokenAlphabet.Base64Url, 24, 160),
        new("SlackToken", "A Slack refresh token", "xoxr-", TokenAlphabet.Base64Url, 24, 160),
        new("SlackToken", "A Slack session token", "xoxs-", TokenAlphabet.Base64Url, 24, 160),
        new("SlackToken", "A Slack application token", "xapp-", TokenAlphabet.Base64Url, 24, 160),
        new("GitHubToken", "A GitHub token", "ghp_", TokenAlphabet.Alphanumeric, 36, 255),
        new("GitHubToken", "A GitHub OAuth token", "gho_", TokenAlphabet.Alphanumeric, 36, 255),
        new("GitHubToken", "A GitHub user token", "ghu_", TokenAlphabet.Alphanumeric, 36, 255),
        new("GitHubToken", "A GitHub server token", "ghs_", TokenAlphabet.Alphanumeric, 36, 255),
        new("GitHubToken", "A GitHub refresh token", "ghr_", TokenAlphabet.Alphanumeric, 36, 255),
        new("GitHubToken", "A GitHub fine-grained token", "github_pat_", TokenAlphabet.Base64Url, 60, 120),
        new("GitLabToken", "A GitLab token", "glpat-", TokenAlphabet.Dotted, 20, 80),
        new("GitLabToken", "A GitLab deployment token", "gldt-", TokenAlphabet.Base64Url, 20, 80),
        new("GitLabToken", "A GitLab runner token", "glrt-", TokenAlphabet.Base64Url, 20, 80),
        new("NpmToken", "An npm token", "npm_", TokenAlphabet.Alphanumeric, 36, 36),
        new("PyPiToken", "A PyPI token", "pypi-AgE", TokenAlphabet.Base64Url, 50, 300),
        new("NuGetKey", "A NuGet API key", "oy2", TokenAlphabet.Alphanumeric, 43, 43) { NeedsEntropy = true },
        new("DockerToken", "A Docker Hub token", "dckr_pat_", TokenAlphabet.Base64Url, 24, 40),
        new("GoogleKey", "A Google API key", "AIza", TokenAlphabet.Base64Url, 35, 35),
        new("GoogleKey", "A Google OAuth client secret", "GOCSPX-", TokenAlphabet.Base64Url, 28, 28),
        new("GoogleKey", "A Google OAuth access token", "ya29.", TokenAlphabet.Base64Url, 40, 300),
        new("AzureKey", "The key of an Azure storage account", "AccountKey=", TokenAlphabet.Base64, 80, 90) { InWords = true, PrefixIsPart = false },
        new("AzureKey", "The key of an Azure service", "SharedAccessKey=", TokenAlphabet.Base64, 40, 90) { InWords = true, PrefixIsPart = false },
        new("StripeKey", "A Stripe key", "sk_live_", TokenAlphabet.Alphanumeric, 20, 250),
        new("StripeKey", "A restricted Stripe key", "rk_live_", TokenAlphabet.Alphanumeric, 20, 250),
        new("SendGridKey", "A SendGrid key", "SG.", TokenAlphabet.Dotted, 60, 70) { NeedsEntropy = true },
        new("MailgunKey", "A Mailgun key", "key-", TokenAlphabet.Hexadecimal, 32, 32) { NeedsEntropy = true },
        new("OpenAiKey", "An OpenAI key", "sk-proj-", TokenAlphabet.Base64Url, 40, 200),
        new("OpenAiKey", "An OpenAI key", "sk-", TokenAlphabet.Alphanumeric, 48, 48),
        new("AnthropicKey", "An Anthropic key", "sk-ant-", TokenAlphabet.Base64Url, 80, 120),
        new("HuggingFaceToken", "A Hugging Face token", "hf_", TokenAlphabet.Alphanumeric, 34, 40) { NeedsEntropy = true },
        new("VaultToken", "A Vault token", "hvs.", TokenAlphabet.Base64Url, 24, 200),
        new("VaultToken", "A Vault batch token", "hvb.", TokenAlphabet.Base64Url, 60, 300),
        new("DatabricksToken", "A Databricks token", "dapi", TokenAlphabet.Hexadecimal, 32, 34) { NeedsEntropy = true },
        new("ShopifyToken", "A Shopify token", "shpat_", TokenAlphabet.Hexadecimal, 32, 32),
        new("AtlassianToken", "An Atlassian token", "ATATT3", TokenAlphabet.Base64Url, 60, 250),
        new("GrafanaToken", "A Grafana token", "glsa_", TokenAlphabet.Base64Url, 36, 50),
        new("GrafanaToken", "A Grafana cloud token", "glc_", TokenAlphabet.Base64, 40, 400),
        new("LinearKey", "A Linear key", "lin_api_", TokenAlphabet.Alphanumeric, 32, 60),
        new("DigitalOceanToken", "A DigitalOcean token", "dop_v1_", TokenAlphabet.Hexadecimal, 64, 64),
        new("AgeKey", "An age identity", "AGE-SECRET-KEY-1", TokenAlphabet.Capitals, 58, 58),
        new("TerraformToken", "A Terraform Cloud token", "atlasv1.", TokenAlphabet.Base64Url, 60, 80),
    ];

    private static readonly ILookup<char, TokenFormat> ByStart = All.ToLookup(format => char.ToLowerInvariant(format.Prefix[0]));

    /// <summary>The token that stands at a place of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where its prefix begins.</param>
    /// <returns>The format and the token's length, prefix included; null where there is none.</returns>
    public static (TokenFormat Format, int Length)? At(ReadOnlySpan<char> text, int at)
    {
        foreach (TokenFormat format in ByStart[char.ToLowerInvariant(text[at])])
        {
            int length = format.Measure(text[at..]);
            if (length > 0 && (format.InWords || at == 0 || !IsOfWord(text[at - 1])) && !IsExample(format, text.Slice(at, length)[format.Prefix.Length..]))
            {
                return (format, length);
            }
        }

        return null;
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+';

    // The ones of documentation: AKIA…EXAMPLE, XXXX…, 0123….
    private static bool IsExample(TokenFormat format, ReadOnlySpan<char> rest) =>
        rest.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase) || rest.Contains("XXXXX", StringComparison.OrdinalIgnoreCase) || rest.Contains("0000000", StringComparison.Ordinal)
        || Shapes.IsSequence(rest) || Randomness.Entropy(rest) < (format.NeedsEntropy ? 2.8 : 2.2) || (format.NeedsEntropy && Shapes.Runs(rest) < 4);
}
