namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>A place in a text at which a rule's keyword was found.</summary>
internal readonly ref struct Spot
{
    // A line of a minified file may be all of it: what stands farther away than this is another matter.
    private const int MostBefore = 1024;
    private const int MostAfter = 4096;

    public Spot(ReadOnlySpan<char> text, int at, int length, TextTraits traits)
    {
        Text = text;
        At = at;
        Length = length;
        Traits = traits;
        int from = Math.Max(0, at - MostBefore);
        LineStart = from + text[from..at].LastIndexOf('\n') + 1;
        ReadOnlySpan<char> after = text[at..Math.Min(text.Length, at + MostAfter)];
        int end = after.IndexOf('\n');
        LineEnd = at + (end < 0 ? after.Length : end);
        if (LineEnd > at && text[LineEnd - 1] == '\r')
        {
            LineEnd--;
        }
    }

    /// <summary>The text that is in memory.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>Where the keyword begins.</summary>
    public int At { get; }

    /// <summary>The keyword's length.</summary>
    public int Length { get; }

    /// <summary>Where its line begins, or what of a very long line is looked at.</summary>
    public int LineStart { get; }

    /// <summary>Where its line ends, without its line end.</summary>
    public int LineEnd { get; }

    /// <summary>What is known about the text.</summary>
    public TextTraits Traits { get; }

    /// <summary>How the text is written.</summary>
    public TextKind Kind => Traits.Kind;

    /// <summary>The line.</summary>
    public ReadOnlySpan<char> Line => Text[LineStart..LineEnd];

    /// <summary>What stands after the keyword in its line.</summary>
    public ReadOnlySpan<char> Rest => Text[Math.Min(At + Length, LineEnd)..LineEnd];

    /// <summary>The character at a place; a line end beyond the text.</summary>
    public char this[int at] => (uint)at < (uint)Text.Length ? Text[at] : '\n';
}
