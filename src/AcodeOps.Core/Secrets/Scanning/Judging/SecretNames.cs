namespace AcodeOps.Secrets.Scanning.Judging;

/// <summary>Judges names such as <c>DB_PASSWORD</c>, <c>clientSecret</c>, <c>senha.banco</c> by their words, in English and in Portuguese.</summary>
internal static class SecretNames
{
    private const int MostWords = 16;

    /// <summary>What a name must hold to be looked at.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["pass", "pwd", "senha", "secret", "token", "key", "chave", "auth", "credential", "psk", "encrypt", "segredo", "_pw"];

    private static readonly HashSet<string> Passwords = Set("password passwd passwort pwd pass pw passphrase passcode senha senhas psk");
    private static readonly HashSet<string> Tokens = Set("secret segredo token apikey appkey authtoken accesskey secretkey accesstoken authkey apitoken");
    private static readonly HashSet<string> Keys = Set("key chave keys auth credential credentials encrypt tokens");
    private static readonly HashSet<string> KeyKinds = Set("api app access secret client auth private encryption encrypt signing routing integration service application account master shared license jwt hmac session secreta acesso datadog dd");

    // Wherever they stand.
    private static readonly HashSet<string> Harmless = Set(
        "hash hashed hasher hashes length len min max minimum maximum minlength maxlength policy politica reset expiry expires expired expire expiration expira expirada ttl timeout lifetime age type hint prompt message msg error regex pattern strength validator validation validators algorithm encoder manager count counter " +
        "placeholder label title public publickey minimo maximo tamanho history reuse interval rounds digest tokenizer lexer parser sort primary foreign partition surrogate unique idempotency correlation cache site csrf xsrf " +
        "column field campo rotulo dica header param parameter format prefix suffix separator visible toggle icon css style button page view controller handler generator checker mode scope endpoint limit index " +
        "regexp rotation rotate required enabled disabled incorrect incorreta invalid invalida wrong changed forgot forgotten esqueceu colors colours color usage tests");

    // At the end.
    private static readonly HashSet<string> HarmlessEnds = Set(
        "name names id ids arn ref reference url uri path file files nome url address location dir folder host port store source mount namespace version date at alias selector provider class link route text label kind code codes size bits bytes words list map set manager reader service request response status state info metadata keyword template var env variable step steps input output auth2 user users username login email description descricao schema spec config settings data2");

    /// <summary>What a name says.</summary>
    public static NameStrength Judge(ReadOnlySpan<char> name)
    {
        Span<Range> words = stackalloc Range[MostWords];
        int count = Split(name, words);
        if (count == 0)
        {
            return NameStrength.None;
        }

        NameStrength strength = NameStrength.None;
        string before = "";
        int at = -1;
        for (int i = 0; i < count; i++)
        {
            string word = name[words[i]].ToString().ToLowerInvariant();
            if (Harmless.Contains(word))
            {
                return NameStrength.None;
            }

            NameStrength now = Passwords.Contains(word) || IsGlued(word) ? NameStrength.Password
                : Tokens.Contains(word) ? NameStrength.Token
                : !Keys.Contains(word) ? NameStrength.None
                : KeyKinds.Contains(before) || (i + 1 < count && word == "chave" && KeyKinds.Contains(name[words[i + 1]].ToString().ToLowerInvariant())) ? NameStrength.Token
                : NameStrength.Weak;
            if (now > strength)
            {
                (strength, at) = (now, i);
            }

            before = word;
        }

        string last = name[words[count - 1]].ToString().ToLowerInvariant();
        return strength == NameStrength.None || (HarmlessEnds.Contains(last) && at < count - 1) ? NameStrength.None
            // The password's key is what it is found by.
            : strength == NameStrength.Password && at < count - 1 && last is "key" or "chave" && before != "pass" ? NameStrength.None
            : strength;
    }

    // dbpassword, mysqlpwd, smtppass, adminsenha.
    private static bool IsGlued(string word) => word.Length > 4
        && (word.EndsWith("password", StringComparison.Ordinal) || word.EndsWith("passwd", StringComparison.Ordinal) || word.EndsWith("passphrase", StringComparison.Ordinal)
            || (word.EndsWith("pwd", StringComparison.Ordinal) && word != "oldpwd") || word.EndsWith("senha", StringComparison.Ordinal)
            || (word.EndsWith("pass", StringComparison.Ordinal) && word is not ("bypass" or "compass" or "surpass" or "trespass" or "encompass" or "overpass")));

    // At signs between words, and where small letters become capitals.
    private static int Split(ReadOnlySpan<char> name, Span<Range> words)
    {
        int count = 0, start = -1;
        for (int i = 0; i <= name.Length; i++)
        {
            bool inside = i < name.Length && char.IsLetter(name[i]);
            bool turns = inside && start >= 0 && i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsUpper(name[i - 1]) && char.IsLower(name[i + 1])));
            if (start >= 0 && (!inside || turns))
            {
                if (count < words.Length)
                {
                    words[count++] = start..i;
                }

                start = -1;
            }

            start = inside && start < 0 ? i : start;
        }

        return count;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
