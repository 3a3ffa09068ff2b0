using System.Text;

namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>How a file's bytes are turned into text, told by how they begin.</summary>
internal sealed class TextReading
{
    private const int Looked = 8000;

    private static readonly (byte[] Start, string What)[] Known =
    [
        ([0x50, 0x4B, 0x03, 0x04], "an archive (zip)"), ([0x1F, 0x8B], "an archive (gzip)"), ([0x42, 0x5A, 0x68], "an archive (bzip2)"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an archive (xz)"),
        ([0x37, 0x7A, 0xBC, 0xAF], "an archive (7z)"), ([0x28, 0xB5, 0x2F, 0xFD], "an archive (zstd)"), ([0x50, 0x41, 0x52, 0x31], "Parquet"), ([0x25, 0x50, 0x44, 0x46, 0x2D], "PDF"), ([0x89, 0x50, 0x4E, 0x47], "an image"),
        ([0xFF, 0xD8, 0xFF], "an image"), ([0x47, 0x49, 0x46, 0x38], "an image"), ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ];

    private TextReading(Encoding encoding, int mark) => (Encoding, Mark) = (encoding, mark);

    /// <summary>The encoding.</summary>
    public Encoding Encoding { get; }

    /// <summary>How many bytes of a mark stand before the text.</summary>
    public int Mark { get; }

    /// <summary>How to read a file that begins so; null for one that is no text, with what it is.</summary>
    public static TextReading? Of(ReadOnlySpan<byte> start, out string binary)
    {
        binary = "";
        switch (start)
        {
            case [0xEF, 0xBB, 0xBF, ..]: return new(Tolerant(), 3);
            case [0xFF, 0xFE, 0x00, 0x00, ..]: return new(Encoding.UTF32, 4);
            case [0xFF, 0xFE, ..]: return new(Encoding.Unicode, 2);
            case [0xFE, 0xFF, ..]: return new(Encoding.BigEndianUnicode, 2);
        }

        foreach ((byte[] known, string what) in Known)
        {
            if (start.StartsWith(known))
            {
                binary = what;
                return null;
            }
        }

        start = start[..Math.Min(start.Length, Looked)];
        if (!start.Contains((byte)0))
        {
            return new(Tolerant(), 0);
        }

        // UTF-16 without its mark: of plain text, every other byte is null.
        (int even, int odd) = (0, 0);
        for (int i = 0; i < start.Length; i++)
        {
            even += i % 2 == 0 && start[i] == 0 ? 1 : 0;
            odd += i % 2 == 1 && start[i] == 0 ? 1 : 0;
        }

        int half = start.Length / 2;
        if (half > 4 && (odd > half * 3 / 4 || even > half * 3 / 4) && Math.Min(even, odd) <= half / 50)
        {
            return new(odd > even ? Encoding.Unicode : Encoding.BigEndianUnicode, 0);
        }

        binary = "binary";
        return null;
    }

    // UTF-8, and where a byte is none, the character that it is in Latin-1.
    private static Encoding Tolerant() => Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    private sealed class Latin1Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private byte[] _bytes = [];
            private int _next;

            public override int Remaining => _bytes.Length - _next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (_bytes, _next) = (bytesUnknown, 0);
                return bytesUnknown.Length > 0;
            }

            public override char GetNextChar() => _next < _bytes.Length ? (char)_bytes[_next++] : '\0';

            public override bool MovePrevious() => _next > 0 && _next-- > 0;

            public override void Reset() => (_bytes, _next) = ([], 0);
        }
    }
}
