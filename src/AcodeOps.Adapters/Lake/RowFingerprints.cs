using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace AcodeOps.Adapters.Lake;

/// <summary>Computes the checksums of a row group's rows, as the source's server computes those of its own (<c>ChecksumReader</c>).</summary>
internal static class RowFingerprints
{
    private const byte Separator = 0x1F;

    /// <summary>Reads a row group. A column that the object does not have is NULL in all rows.</summary>
    /// <exception cref="AcodeException"><c>LakeFileUnreadable</c>, <c>LakeColumnMissing</c>, or the storage's failure.</exception>
    public static async Task<LakeFingerprints> ReadAsync(
        ParquetObject file, int group, string keyColumn, string? cursorColumn, IReadOnlyList<RowColumn> columns, CancellationToken cancel)
    {
        IReadOnlyList<string?[]> places = await file.ReadColumnsAsync(group, cursorColumn is null ? [keyColumn] : [keyColumn, cursorColumn], cancel).ConfigureAwait(false);
        IReadOnlyList<CanonicalColumn> values = await file.ReadCanonicalAsync(group, columns, cancel).ConfigureAwait(false);
        long[] keys = new long[places[0].Length];
        uint[] checksums = new uint[keys.Length];
        ArrayBufferWriter<byte> row = new(1024);
        for (int i = 0; i < keys.Length; i++)
        {
            string key = places[0][i] ?? throw file.Unreadable($"It has a row without {keyColumn}.");
            keys[i] = long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
                : throw file.Unreadable($"Its column {keyColumn} has a value that is no whole number.");
            checksums[i] = ChecksumOf(row, key, values, i);
        }

        return new LakeFingerprints(keys, cursorColumn is null ? null : places[1], checksums);
    }

    private static uint ChecksumOf(ArrayBufferWriter<byte> row, string key, IReadOnlyList<CanonicalColumn> values, int number)
    {
        row.ResetWrittenCount();
        Encoding.UTF8.GetBytes(key, row);
        foreach (CanonicalColumn column in values)
        {
            ReadOnlySpan<byte> value = column[number];
            Span<byte> room = row.GetSpan(1 + value.Length);
            room[0] = Separator;
            value.CopyTo(room[1..]);
            row.Advance(1 + value.Length);
        }

        return Crc32.HashToUInt32(row.WrittenSpan);
    }
}
