using System.Text.RegularExpressions;

namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>Tells what stands in the place of a secret from a secret: references, variables, templates, masks, words of documentation.</summary>
internal static partial class Placeholders
{
    private const int LongestWord = 48;

    // Short strings that mean nothing by themselves, as they are.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pass", "pwd", "passphrase", "senha", "senhas", "secret", "segredo", "token", "key", "chave", "credential", "apikey", "clientsecret", "accesstoken", "user", "username", "login", "auth",
        "string", "securestring", "text", "value", "valor", "none", "null", "nil", "undefined", "true", "false", "yes", "no", "on", "off", "required", "optional", "empty", "vazio", "default", "bool", "boolean", "int", "object", "any",
        "test", "teste", "foo", "bar", "baz", "foobar", "qux", "abc", "xyz", "todo", "tbd", "fixme", "na", "unknown", "hidden", "masked", "redacted", "removed", "removido", "removida", "omitted", "omitido", "secretkey", "privatekey", "bearer", "basic", "invalid", "unset", "prompt",
        "current password", "new password", "newpassword", "currentpassword", "oldpassword", "integer", "number", "encrypted", "sensitive", "nulo", "vault", "env",
    };

    private static readonly string[] Parts =
    [
        "changeme", "change_me", "change-me", "changeit", "change this", "changethis", "example", "exemplo", "placeholder", "yourpassword", "your-", "your_", "your ", "<your", "suasenha", "sua_", "sua-", "seu_", "seu-", "replaceme", "replace_", "replace-", "insert_", "insert-", "insira",
        "troque", "trocar_", "alterar", "alter_", "digite", "preencha", "coloque", "dummy", "redacted", "fill_in", "fillme", "todo_", "to_be_", "xxxx", "****", "......", "____", "____", "-----", "notreal", "not-a-real", "goes-here", "goes_here", "_here", "-here", "_aqui", "-aqui",
    ];

    private static readonly string[] References =
    [
        "secretsmanager:", "env:", "profile:", "vault:", "ssm:", "kv:", "op://", "vault://", "aws-", "arn:aws", "gcp:", "kms:", "sops:", "enc[", "enc(", "{cipher}", "@microsoft.keyvault", "resolve:", "secret_coordinate::", "keyring:", "pass show", "awssecret", "secret://", "keyvault", "doppler", "ref+",
    ];

    /// <summary>True where no secret stands, whatever the name.</summary>
    public static bool IsOne(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (value.IsEmpty || IsMonotonous(value) || IsVariable(value) || Shapes.IsPasswordHash(value))
        {
            return true;
        }

        return IsReference(value) || (value.Length <= LongestWord && (Words.Contains(value.ToString()) || Words.Contains(Bare(value)) || HasPart(value)));
    }

    /// <summary>True for what refers to a secret or masks one: no word is taken for a placeholder.</summary>
    public static bool IsReference(ReadOnlySpan<char> value)
    {
        foreach (string reference in References)
        {
            if (value.StartsWith(reference, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value.IsEmpty || IsVariable(value) || value.Trim("*•").IsEmpty || value is "null" or "~";
    }

    /// <summary>What stands behind a variable as its default: <c>${NAME:-value}</c>, <c>${NAME:value}</c>; empty where there is none.</summary>
    public static Range Default(ReadOnlySpan<char> value)
    {
        if (!value.StartsWith("${", StringComparison.Ordinal) || value[^1] != '}')
        {
            return default;
        }

        int colon = value.IndexOf(':');
        if (colon < 3 || !IsName(value[2..colon]))
        {
            return default;
        }

        int start = value[colon + 1] == '-' ? colon + 2 : colon + 1;
        return value[start] is '?' or '+' or '=' || value[start..^1].IndexOfAny("${}:") >= 0 || value[2..colon] is "env" ? default : start..(value.Length - 1);
    }

    // Masks: ****, xxxx, ----.
    private static bool IsMonotonous(ReadOnlySpan<char> value)
    {
        int others = 0;
        foreach (char c in value)
        {
            others += char.ToLowerInvariant(c) != char.ToLowerInvariant(value[0]) ? 1 : 0;
        }

        return others <= value.Length / 8;
    }

    private static bool IsVariable(ReadOnlySpan<char> value)
    {
        if (value.Length > 300)
        {
            return value.StartsWith("{{", StringComparison.Ordinal) || value.StartsWith("${", StringComparison.Ordinal);
        }

        return Variable().IsMatch(value);
    }

    private static bool HasPart(ReadOnlySpan<char> value)
    {
        foreach (string part in Parts)
        {
            if (value.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value.StartsWith("your", StringComparison.OrdinalIgnoreCase) || value.StartsWith("my-", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("my_", StringComparison.OrdinalIgnoreCase) || value.StartsWith("mypassword", StringComparison.OrdinalIgnoreCase) || value.StartsWith("mysecret", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsName(ReadOnlySpan<char> value)
    {
        foreach (char c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Bare(ReadOnlySpan<char> value)
    {
        Span<char> bare = stackalloc char[LongestWord];
        int length = 0;
        foreach (char c in value)
        {
            if (char.IsLetter(c))
            {
                bare[length++] = c;
            }
        }

        // With a digit in it, it may be a bad password, and is one all the same.
        return value.IndexOfAnyInRange('0', '9') >= 0 ? "" : bare[..length].ToString();
    }

    // <x>, {x}, [x], (x), ${x}, $x, $(x), %x%, {{x}}, #{x}, __x__, @@x@@, <%= x %>, a format's %s, a YAML tag or alias.
    [GeneratedRegex(
        """^(?:<[^<>]{1,200}>|\{\{.{0,280}\}\}|\$\{.{0,280}\}|\$\(.{0,280}\)?|\$\w[\w.:\[\]>-]{0,120}|\$[*@#?!]|\{[\w .:$-]{0,80}\}|\[[\w .:-]{0,80}\]|\([\w .:-]{0,80}\)|%[\w()-]{1,60}%|%\(?\w{0,20}\)?[sdv]?|\#\{.{1,120}\}\#?|__\w{1,80}__|@@?[\w.]{1,80}@@?|<%.{0,200}%>|<\?.{0,200}|`.{0,200}`?|![A-Za-z!][\w.:/-]{0,40}( .{0,200})?|\*[A-Za-z_]{2,60}|&[\w-]{2,60}|\{\d{0,2}\}|\\[nrt]|:\w{1,40}|\?|\{\{.{0,280})$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
