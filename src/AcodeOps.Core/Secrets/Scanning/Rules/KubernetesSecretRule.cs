using System.Text;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>The values of a Secret's manifest: <c>stringData</c> as they are, <c>data</c> out of its base64.</summary>
internal sealed class KubernetesSecretRule : SecretRule
{
    private static readonly string[] Harmless = ["user", "username", "usuario", "host", "hostname", "port", "database", "dbname", "db", "type", "url", "endpoint", "region", "bucket", "namespace", "ca.crt", "tls.crt", "project", "insecure", "name", "email", "known_hosts"];

    public override string Id => "KubernetesSecret";

    public override RuleTrust Trust => RuleTrust.Declared;

    public override string Kind => "A value of a Kubernetes Secret";

    public override IReadOnlyList<string> Keywords { get; } = ["kind: Secret", "kind\": \"Secret\"", "kind\":\"Secret\""];

    public override void Look(in Spot spot, MatchList matches)
    {
        if (!spot.Rest.Trim().TrimEnd(',').IsEmpty && spot.Text[spot.At + 4] == ':')
        {
            return;
        }

        // The manifest may be an item of a list: its own keys stand as far from the left as "kind" does.
        ReadOnlySpan<char> text = spot.Text;
        int indent = spot.At - spot.LineStart;
        (int start, int end) = Manifest(text, spot.At, indent);
        string section = "";
        for (int line = start; line < end;)
        {
            int length = text[line..end].IndexOf('\n');
            int next = length < 0 ? end : line + length + 1;
            ReadOnlySpan<char> content = text[line..next].TrimEnd();
            ReadOnlySpan<char> trimmed = content.TrimStart(" -");
            int from = content.Length - trimmed.Length;
            if (from <= indent && trimmed.Length > 0 && trimmed[0] is not ('#' or '{' or '}'))
            {
                section = trimmed is "data:" or "stringData:" ? trimmed[..^1].ToString() : "";
            }
            else if (section.Length > 0 && from > indent)
            {
                Look(spot, line + from, trimmed, section == "data", matches);
            }

            line = next;
        }
    }

    private static (int Start, int End) Manifest(ReadOnlySpan<char> text, int kind, int indent)
    {
        int start = text[..kind].LastIndexOf("\n---"), end = text[kind..].IndexOf("\n---");
        (start, end) = (start < 0 ? 0 : start + 1, end < 0 ? text.Length : kind + end);
        for (int line = start; line < end && indent > 0;)
        {
            int length = text[line..end].IndexOf('\n');
            int next = length < 0 ? end : line + length + 1;
            ReadOnlySpan<char> content = text[line..next].TrimEnd();
            bool isOfItem = content.IsEmpty || content.Length - content.TrimStart().Length >= indent;
            if (!isOfItem && line > kind)
            {
                return (start, line);
            }

            start = isOfItem || line > kind ? start : line;
            line = next;
        }

        return (start, end);
    }

    private void Look(in Spot spot, int at, ReadOnlySpan<char> line, bool isEncoded, MatchList matches)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0 || line[0] == '#' || line[..colon].IndexOf(' ') >= 0)
        {
            return;
        }

        ReadOnlySpan<char> key = line[..colon].Trim("\"'"), value = line[(colon + 1)..].Trim();
        int start = at + colon + 1 + line[(colon + 1)..].IndexOf(value);
        if (value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0])
        {
            start++;
            value = value[1..^1];
        }

        if (isEncoded)
        {
            matches.Judge(start, value.Length);
        }

        if (value.Length < 3 || value[0] is '|' or '>' || Placeholders.IsOne(value) || IsHarmless(key))
        {
            return;
        }

        if (!isEncoded || Decode(value) is { } text && !Placeholders.IsOne(text) && !text.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            matches.Add(this, spot, start, value.Length, key);
        }
    }

    private static bool IsHarmless(ReadOnlySpan<char> key)
    {
        foreach (string name in Harmless)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase) || (key.Length > name.Length && key.EndsWith(name, StringComparison.OrdinalIgnoreCase) && key[key.Length - name.Length - 1] is '_' or '-' or '.'))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Decode(ReadOnlySpan<char> value)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(value.ToString()));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
