namespace AcodeOps.Adapters.Lake;

/// <summary>
/// A stream over an object of which only the ranges that were loaded can be read. Parquet.Net reads byte by byte and
/// does not await: what it is going to read is fetched before, in few requests.
/// </summary>
internal sealed class ObjectWindow(IObjectStore store, StoredObject stored) : Stream
{
    // One answer's body must be read within the limit of a call.
    private const int RequestBytes = 8 << 20;

    private readonly List<(long Start, byte[] Bytes)> _loaded = [];

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => stored.SizeBytes;

    /// <inheritdoc />
    public override long Position { get; set; }

    /// <summary>Fetches a range.</summary>
    /// <exception cref="AcodeException">The storage's failure.</exception>
    public async Task<byte[]> LoadAsync(long start, int count, CancellationToken cancel)
    {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; done += RequestBytes)
        {
            int more = Math.Min(RequestBytes, count - done);
            (await store.ReadRangeAsync(stored, start + done, more, cancel).ConfigureAwait(false)).CopyTo(bytes, done);
        }

        Put(start, bytes);
        return bytes;
    }

    /// <summary>Takes a range that is known already.</summary>
    public void Put(long start, byte[] bytes) => _loaded.Add((start, bytes));

    /// <summary>Lets go of what was loaded.</summary>
    public void Forget() => _loaded.Clear();

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || Position >= Length)
        {
            return 0;
        }

        foreach ((long start, byte[] bytes) in _loaded)
        {
            if (Position >= start && Position < start + bytes.Length)
            {
                ReadOnlySpan<byte> found = bytes.AsSpan((int)(Position - start));
                int count = Math.Min(found.Length, buffer.Length);
                found[..count].CopyTo(buffer);
                Position += count;
                return count;
            }
        }

        throw new InvalidDataException($"The file points to byte {Position}, outside of what its footer tells of.");
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
