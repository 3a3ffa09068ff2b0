namespace AcodeOps.Lab.Secrets;

/// <summary>A labelled case of the corpus of secrets.</summary>
/// <param name="Name">What it is, unique.</param>
/// <param name="File">The name of its file, which tells how it is written.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Secrets">The lines, from 1, that hold a secret.</param>
/// <param name="Traits">How its file is written: <c>utf16</c>, <c>utf16be</c>, <c>latin1</c>, <c>crlf</c>.</param>
public sealed record SecretCase(string Name, string File, IReadOnlyList<string> Lines, IReadOnlySet<int> Secrets, IReadOnlyList<string> Traits)
{
    /// <summary>True for the third that no rule was made by: what is found of it tells what is found of files that nobody has seen.</summary>
    public bool IsHeldOut => Name.Aggregate(7, (sum, c) => ((sum * 31) + c) & 0xFFFFFF) % 3 == 0;

    /// <summary>The bytes of its file.</summary>
    public byte[] Bytes
    {
        get
        {
            string text = string.Join(Traits.Contains("crlf") ? "\r\n" : "\n", Lines) + "\n";
            System.Text.Encoding encoding = Traits.Contains("utf16") ? System.Text.Encoding.Unicode
                : Traits.Contains("utf16be") ? System.Text.Encoding.BigEndianUnicode
                : Traits.Contains("latin1") ? System.Text.Encoding.Latin1
                : new System.Text.UTF8Encoding(false);
            return [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
        }
    }
}
