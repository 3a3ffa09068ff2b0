using System.Buffers;
using System.Text;

namespace AcodeOps.Secrets.Scanning.Reading;

/// <summary>A secret in a stream, with its place and the text around it.</summary>
/// <param name="Match">The match, in the text that was in memory.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Context">Its line, or what of a very long one was looked at, with the secrets in it taken out.</param>
/// <param name="Note">What the line, or the one before it, says of a suppression; null where neither does.</param>
/// <param name="Value">Tells its value from another's in this process, and nothing of it.</param>
internal sealed record PlacedMatch(SecretMatch Match, int Line, int Column, string Context, string? Note, int Value);

/// <summary>What came of a stream: what was found, or what it is if it is no text.</summary>
/// <param name="Matches">What was found.</param>
/// <param name="Binary">What it is; null for text.</param>
/// <param name="IsCut">True where there was more than is told.</param>
internal sealed record StreamFindings(IReadOnlyList<PlacedMatch> Matches, string? Binary, bool IsCut);

/// <summary>
/// Finds the secrets of a stream of any length in pieces that overlap, with the memory of one piece: each keyword is met once,
/// with enough of the text before it and after it.
/// </summary>
internal static class StreamScan
{
    /// <summary>More than this of one file is a file of secrets.</summary>
    public const int MostMatches = 1000;

    private const int Piece = 1 << 18;
    private const int Before = 20_000;
    private const int After = 40_000;

    /// <summary>Reads it to its end.</summary>
    public static async Task<StreamFindings> ReadAsync(Stream stream, TextTraits traits, CancellationToken cancel)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Piece);
        char[] chars = ArrayPool<char>.Shared.Rent(Before + After + Piece + 1);
        int most = 0, mostRead = 0;
        try
        {
            int read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, Piece), Piece, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
            if (TextReading.Of(bytes.AsSpan(0, read), out string binary) is not { } reading)
            {
                return new StreamFindings([], binary, false);
            }

            Decoder decoder = reading.Encoding.GetDecoder();
            StreamPlaces places = new();
            int held = 0, scanned = 0, offset = reading.Mark;
            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                bool isLast = read < Piece;
                held += decoder.GetChars(bytes.AsSpan(offset, read - offset), chars.AsSpan(held), isLast);
                (most, mostRead) = (Math.Max(most, held), Math.Max(mostRead, read));
                int to = isLast ? held : Math.Max(scanned, held - After);
                places.Find(chars.AsSpan(0, held), scanned, to, traits);
                if (isLast || places.Count > MostMatches)
                {
                    return new StreamFindings(places.Take(MostMatches), null, places.Count > MostMatches);
                }

                int gone = Math.Max(0, to - Before);
                places.Forget(chars.AsSpan(0, gone));
                chars.AsSpan(gone, held - gone).CopyTo(chars);
                (held, scanned, offset) = (held - gone, to - gone, 0);
                read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, Piece), Piece, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            // Secrets may be in them.
            chars.AsSpan(0, most).Clear();
            ArrayPool<char>.Shared.Return(chars);
            bytes.AsSpan(0, mostRead).Clear();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
