namespace AcodeOps.Secrets.Scanning.Formats;

/// <summary>The characters that a kind of token is made of.</summary>
internal enum TokenAlphabet
{
    /// <summary>Letters and digits.</summary>
    Alphanumeric,

    /// <summary>Capitals and digits.</summary>
    Capitals,

    /// <summary>Hexadecimal digits.</summary>
    Hexadecimal,

    /// <summary>Letters, digits, <c>+</c>, <c>/</c>, <c>=</c>.</summary>
    Base64,

    /// <summary>Letters, digits, <c>-</c>, <c>_</c>.</summary>
    Base64Url,

    /// <summary>Letters, digits, and the signs of addresses: <c>% - _ . / ~ @</c>.</summary>
    Address,

    /// <summary>Letters, digits, <c>-</c>, <c>_</c>, <c>.</c>, <c>~</c>.</summary>
    Dotted,
}

/// <summary>A known kind of token: how it begins, what follows, and how much of that.</summary>
/// <param name="Rule">The stable id of what is found.</param>
/// <param name="Kind">What it is, as it begins a sentence.</param>
/// <param name="Prefix">How it begins; capitals count.</param>
/// <param name="Alphabet">What follows.</param>
/// <param name="Least">How many characters follow at least.</param>
/// <param name="Most">How many follow at most.</param>
internal sealed record TokenFormat(string Rule, string Kind, string Prefix, TokenAlphabet Alphabet, int Least, int Most)
{
    /// <summary>False where the prefix is an address or a word that no secret is told by, and is not part of the value.</summary>
    public bool PrefixIsPart { get; init; } = true;

    /// <summary>True where the token may begin in the middle of a word, as a part of an address.</summary>
    public bool InWords { get; init; }

    /// <summary>True where the rest must be random, as the prefix alone says little.</summary>
    public bool NeedsEntropy { get; init; }

    /// <summary>How long the token is that begins at the start of a text, its prefix included; 0 where none does.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return 0;
        }

        int end = Prefix.Length, most = Math.Min(text.Length, Prefix.Length + Most + 1);
        while (end < most && IsOf(text[end]))
        {
            end++;
        }

        int following = end - Prefix.Length;
        return following < Least || following > Most ? 0 : end;
    }

    private bool IsOf(char c) => Alphabet switch
    {
        TokenAlphabet.Alphanumeric => char.IsAsciiLetterOrDigit(c),
        TokenAlphabet.Capitals => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c),
        TokenAlphabet.Hexadecimal => char.IsAsciiHexDigit(c),
        TokenAlphabet.Base64 => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=',
        TokenAlphabet.Base64Url => char.IsAsciiLetterOrDigit(c) || c is '-' or '_',
        TokenAlphabet.Dotted => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~',
        _ => char.IsAsciiLetterOrDigit(c) || c is '%' or '-' or '_' or '.' or '/' or '~' or '@' or '=',
    };
}
