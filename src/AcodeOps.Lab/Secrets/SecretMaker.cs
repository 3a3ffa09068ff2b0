using System.Text;

namespace AcodeOps.Lab.Secrets;

/// <summary>Makes up tokens of known formats, from parts, so that none of them is written anywhere.</summary>
/// <param name="seed">The same seed makes the same tokens.</param>
public sealed class SecretMaker(int seed)
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Hexadecimal = "0123456789abcdef";
    private static readonly string Upper = Lower.ToUpperInvariant();
    private static readonly string Alphanumeric = Lower + Upper + Digits;
    private readonly Random _random = new(seed);

    /// <summary>Makes what a placeholder asks for: a kind, and for some its length or text.</summary>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    public string Make(string wish)
    {
        if (wish.StartsWith("base64:", StringComparison.Ordinal))
        {
            return Convert.ToBase64String(Encoding.UTF8.GetBytes(wish["base64:".Length..]));
        }

        string[] words = wish.Split(' ');
        string argument = words.Length > 1 ? words[1] : "";
        int length = int.TryParse(argument, out int given) ? given : 0;
        return words[0] switch
        {
            "alnum" => Of(Alphanumeric, length),
            "alpha" => Of(Lower + Upper, length),
            "lowalnum" => Of(Lower + Digits, length),
            "upper" => Of(Upper + "234567", length),
            "digits" => Of(Digits, length),
            "hex" => Of(Hexadecimal, length),
            "HEX" => Of(Hexadecimal.ToUpperInvariant(), length),
            "b64" => Of(Alphanumeric + "+/", length),
            "b64url" => Of(Alphanumeric + "-_", length),
            "filler" => Filler(length),
            "uuid" => $"{Of(Hexadecimal, 8)}-{Of(Hexadecimal, 4)}-4{Of(Hexadecimal, 3)}-a{Of(Hexadecimal, 3)}-{Of(Hexadecimal, 12)}",
            "aws_id" => "AK" + "IA" + Of(Upper + "234567", 16),
            "aws_temporary_id" => "AS" + "IA" + Of(Upper + "234567", 16),
            "aws_id_example" => "AK" + "IAIOSFODNN7" + "EXAMPLE",
            "aws_secret" => Of(Alphanumeric + "+/", 40),
            "aws_secret_example" => "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY",
            "aws_session" => "IQoJb3JpZ2luX2Vj" + Of(Alphanumeric + "+/", 240) + "==",
            "pem_begin" => "-----BEG" + $"IN {(argument.Length > 0 ? argument + " " : "")}PRIVATE KEY-----",
            "pem_end" => "-----EN" + $"D {(argument.Length > 0 ? argument + " " : "")}PRIVATE KEY-----",
            "pem_base64" => Convert.ToBase64String(Encoding.ASCII.GetBytes($"-----BEG" + $"IN RSA PRIVATE KEY-----\n{Of(Alphanumeric, 64)}\n{Of(Alphanumeric, 64)}\n")),
            "pgp_begin" => "-----BEG" + "IN PGP PRIVATE KEY BLOCK-----",
            "pgp_end" => "-----EN" + "D PGP PRIVATE KEY BLOCK-----",
            "putty_begin" => "PuTTY-User-Key-" + "File-3: ssh-ed25519",
            "jwt" => $"{Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")}.{Url($"{{\"sub\":\"{Of(Digits, 8)}\",\"exp\":1900000000}}")}.{Of(Alphanumeric + "-_", 43)}",
            "slack_bot" => "xo" + $"xb-{Of(Digits, 12)}-{Of(Digits, 13)}-{Of(Alphanumeric, 24)}",
            "slack_user" => "xo" + $"xp-{Of(Digits, 12)}-{Of(Digits, 12)}-{Of(Digits, 13)}-{Of(Hexadecimal, 32)}",
            "slack_app" => "xa" + $"pp-1-A{Of(Upper + Digits, 10)}-{Of(Digits, 13)}-{Of(Hexadecimal, 64)}",
            "slack_webhook" => "https://hooks.sl" + $"ack.com/services/T{Of(Upper + Digits, 8)}/B{Of(Upper + Digits, 10)}/{Of(Alphanumeric, 24)}",
            "teams_webhook" => "https://acode.webhook.off" + $"ice.com/webhookb2/{Make("uuid")}@{Make("uuid")}/IncomingWebhook/{Of(Hexadecimal, 32)}/{Make("uuid")}",
            "teams_flow" => $"https://prod-07.brazilsouth.logic.azure.com:443/workflows/{Of(Hexadecimal, 32)}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&si" + $"g={Of(Alphanumeric + "-_", 43)}",
            "pagerduty_token" => "u+" + Of(Alphanumeric, 18),
            "ghp" => "gh" + "p_" + Of(Alphanumeric, 36),
            "gho" => "gh" + "o_" + Of(Alphanumeric, 36),
            "github_pat" => "github_" + "pat_" + Of(Alphanumeric, 22) + "_" + Of(Alphanumeric, 59),
            "glpat" => "glp" + "at-" + Of(Alphanumeric + "-_", 20),
            "npm_token" => "np" + "m_" + Of(Alphanumeric, 36),
            "pypi_token" => "pyp" + "i-AgEIcHlwaS5vcmc" + Of(Alphanumeric + "-_", 120),
            "nuget_key" => "oy" + "2" + Of(Lower + Digits, 43),
            "docker_pat" => "dckr_" + "pat_" + Of(Alphanumeric + "-_", 27),
            "google_key" => "AI" + "za" + Of(Alphanumeric + "-_", 35),
            "google_oauth" => "GOC" + "SPX-" + Of(Alphanumeric + "-_", 28),
            "azure_key" => Of(Alphanumeric + "+/", 86) + "==",
            "azure_sig" => Of(Alphanumeric, 20) + "%2B" + Of(Alphanumeric, 22) + "%3D",
            "azure_client_secret" => Of(Alphanumeric, 3) + "8Q" + "~" + Of(Alphanumeric + "-_.~", 34),
            "stripe_live" => "sk_" + "live_" + Of(Alphanumeric, 24),
            "sendgrid" => "S" + $"G.{Of(Alphanumeric + "-_", 22)}.{Of(Alphanumeric + "-_", 43)}",
            "openai_key" => "sk" + "-" + Of(Alphanumeric, 48),
            "anthropic" => "sk-" + "ant-api03-" + Of(Alphanumeric + "-_", 93) + "AA",
            "hf_token" => "h" + "f_" + Of(Lower + Upper, 34),
            "vault_token" => "hv" + "s." + Of(Alphanumeric + "-_", 90),
            "databricks" => "da" + "pi" + Of(Hexadecimal, 32),
            "shopify" => "shp" + "at_" + Of(Hexadecimal, 32),
            "atlassian" => "ATA" + "TT3" + Of(Alphanumeric + "-_", 180),
            "grafana" => "gl" + "sa_" + Of(Alphanumeric, 32) + "_" + Of(Hexadecimal, 8),
            "age_key" => "AGE-SECRET-" + "KEY-1" + Of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
            "telegram" => Of("123456789", 10) + ":A" + "A" + Of(Alphanumeric + "-_", 33),
            _ => throw new ArgumentException($"Nothing of the kind '{wish}' can be made.", nameof(wish)),
        };
    }

    private string Of(string alphabet, int length) => string.Create(length, (alphabet, _random), (to, from) =>
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = from.alphabet[from._random.Next(from.alphabet.Length)];
        }
    });

    private string Filler(int length)
    {
        StringBuilder filler = new();
        while (filler.Length < length)
        {
            filler.Append(filler.Length == 0 ? "" : ",").Append("{\"id\":").Append(_random.Next(100_000)).Append(",\"produto\":\"").Append(Of(Lower, 8)).Append("\"}");
        }

        return filler.ToString();
    }

    private static string Url(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
