using System.Buffers;

namespace AcodeOps.Adapters.Aws;

/// <summary>Reads the body of an answer up to a limit.</summary>
internal static class BoundedBody
{
    private const int PieceBytes = 64 << 10;

    /// <summary>The whole body.</summary>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, int mostBytes, CancellationToken cancel)
    {
        using MemoryStream content = new();
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int read; (read = await body.ReadAsync(piece, cancel).ConfigureAwait(false)) > 0;)
            {
                if (content.Length + read > mostBytes)
                {
                    throw new InvalidDataException($"The answer is longer than {mostBytes >> 20} MB.");
                }

                content.Write(piece, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return content.ToArray();
    }
}
