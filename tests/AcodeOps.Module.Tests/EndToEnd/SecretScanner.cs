using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>Finds secrets in texts, also in the forms in which programs write them: quoted, in addresses, in base64 at any offset, in hex; and any bearer token.</summary>
internal sealed partial class SecretScanner
{
    private readonly List<(string Name, string Form, StringComparison Comparison)> _forms = [];

    public SecretScanner(IReadOnlyDictionary<string, string> secrets)
    {
        foreach ((string name, string secret) in secrets)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(secret);
            string[] texts =
            [
                secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), WebUtility.HtmlEncode(secret), JsonSerializer.Serialize(secret)[1..^1],
                Convert.ToBase64String(bytes).TrimEnd('='), .. Enumerable.Range(0, 3).Select(offset => Base64(bytes, offset)),
            ];
            _forms.AddRange(texts.Distinct().Select(text => (name, text, StringComparison.Ordinal)));
            _forms.AddRange(new[] { bytes, Encoding.Unicode.GetBytes(secret) }.Select(b => (name, Convert.ToHexString(b), StringComparison.OrdinalIgnoreCase)));
        }
    }

    /// <summary>The names of the secrets that are in a text.</summary>
    public IReadOnlyList<string> Find(string text) =>
        [.. _forms.Where(f => text.Contains(f.Form, f.Comparison)).Select(f => f.Name).Concat(Bearer().IsMatch(text) ? ["a bearer token"] : []).Distinct()];

    /// <summary>The characters that are the secret's alone when so many bytes stand before it and any after it.</summary>
    private static string Base64(byte[] secret, int offset)
    {
        string whole = Convert.ToBase64String([.. new byte[offset], .. secret]);
        int end = (offset + secret.Length) / 3 * 4;
        return whole[(offset == 0 ? 0 : 4)..end];
    }

    [GeneratedRegex(@"bearer\s+[\w.~+/=-]{16,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();
}
