using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AcodeOps.Adapters.Git;

/// <summary>Contents by their ids, one after the other, from <c>git cat-file --batch</c>.</summary>
internal sealed class GitContents(Process git) : IDisposable
{
    private readonly BufferedStream _output = new(git.StandardOutput.BaseStream, 256 * 1024);

    /// <summary>A content; null where the store lacks it, as that of a partial clone may. It has to be read, or skipped, before the next.</summary>
    public async Task<GitContent?> OpenAsync(string id, CancellationToken cancel)
    {
        await git.StandardInput.WriteAsync(id.AsMemory(), cancel).ConfigureAwait(false);
        await git.StandardInput.WriteAsync("\n".AsMemory(), cancel).ConfigureAwait(false);
        await git.StandardInput.FlushAsync(cancel).ConfigureAwait(false);
        // ID blob LENGTH, or ID missing.
        string[] header = ReadLine().Split(' ');
        return header is [_, "blob", var length] ? new GitContent(_output, long.Parse(length, CultureInfo.InvariantCulture)) : null;
    }

    /// <inheritdoc />
    public void Dispose() => _output.Dispose();

    private string ReadLine()
    {
        StringBuilder line = new();
        for (int read; (read = _output.ReadByte()) is >= 0 and not '\n';)
        {
            line.Append((char)read);
        }

        return line.ToString();
    }
}

/// <summary>One content on its way out of git: so many bytes, and a line end that is not part of it.</summary>
internal sealed class GitContent(Stream output, long length) : Stream
{
    private long _read;
    private bool _isEnded;

    private long Left => length - _read;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>Reads on to the end, so that the next content can be asked for.</summary>
    public async Task SkipAsync(CancellationToken cancel)
    {
        byte[] buffer = new byte[8192];
        while (await ReadAsync(buffer, cancel).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = Left == 0 ? 0 : await output.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Left)], cancellationToken).ConfigureAwait(false);
        return Count(read);
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Count(Left == 0 ? 0 : output.Read(buffer, offset, (int)Math.Min(count, Left)));

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _read += read;
        if (Left == 0 && !_isEnded)
        {
            _isEnded = true;
            output.ReadByte();
        }

        return read > 0 || Left == 0 ? read : throw new EndOfStreamException("git ended in the middle of a content.");
    }
}
