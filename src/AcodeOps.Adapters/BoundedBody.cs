using System.Buffers;

namespace AcodeOps.Adapters;

/// <summary>Reads the body of an answer up to a limit.</summary>
internal static class BoundedBody
{
    private const int PieceBytes = 64 << 10;

    /// <summary>The whole body; null when it is longer.</summary>
    public static async Task<byte[]?> ReadAsync(Stream body, int mostBytes, CancellationToken cancel)
    {
        using MemoryStream content = new();
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (int read; (read = await body.ReadAsync(piece, cancel).ConfigureAwait(false)) > 0;)
            {
                if (content.Length + read > mostBytes)
                {
                    return null;
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
