using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AcodeOps.Metrics.Inventories;

/// <summary>The bytes of an object from the first to the last, a range after the other, with their checksum. Only to be read forwards.</summary>
internal sealed class InventoryBytes(IObjectStore store, StoredObject stored) : Stream
{
    private const int RangeBytes = 1 << 20;

    [SuppressMessage("Security", "CA5351", Justification = "The checksum that S3 writes into the manifest.")]
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    private byte[] _range = [];
    private int _at;
    private long _asked;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => stored.SizeBytes;

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what is left, and tells the checksum of all, in lower case.</summary>
    public async Task<string> FinishAsync(CancellationToken cancel)
    {
        while (await FillAsync(cancel).ConfigureAwait(false))
        {
            _at = _range.Length;
        }

        return Convert.ToHexString(_md5.GetHashAndReset()).ToLowerInvariant();
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _range.Length - _at);
        _range.AsMemory(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _md5.Dispose();
        base.Dispose(disposing);
    }

    // False at the end.
    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_at < _range.Length)
        {
            return true;
        }

        if (_asked >= stored.SizeBytes)
        {
            return false;
        }

        _range = await store.ReadRangeAsync(stored, _asked, (int)Math.Min(RangeBytes, stored.SizeBytes - _asked), cancel).ConfigureAwait(false);
        _at = 0;
        _asked += _range.Length;
        _md5.AppendData(_range);
        return _range.Length > 0;
    }
}
