using System.Buffers.Text;
using System.Text;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace AcodeOps.Adapters.Lake;

/// <summary>
/// The values of a column of a row group in the form of <see cref="CanonicalValue"/>, as UTF-8 behind one another: millions of them are summed up, and a
/// string for each would cost more than all the rest. NULL is the byte 0x00, as checksums have it.
/// </summary>
internal sealed class CanonicalColumn
{
    private const byte Null = 0x00;
    private const int MostNumberBytes = 64;
    private const int UsualBytes = 16;

    private readonly int[] _ends;
    private byte[] _bytes;
    private int _rows;
    private int _used;

    private CanonicalColumn(int rows) => (_ends, _bytes) = (new int[rows], new byte[Math.Max(MostNumberBytes, rows * UsualBytes)]);

    /// <summary>How many values there are.</summary>
    public int Count => _rows;

    /// <summary>A value.</summary>
    public ReadOnlySpan<byte> this[int row] => _bytes.AsSpan((row == 0 ? 0 : _ends[row - 1]).._ends[row]);

    /// <summary>A column that is NULL in all rows.</summary>
    public static CanonicalColumn OfNulls(int rows)
    {
        CanonicalColumn column = new(rows);
        for (int i = 0; i < rows; i++)
        {
            column.AddNull();
        }

        return column;
    }

    /// <summary>Reads a column of a row group.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="field">The column.</param>
    /// <param name="isUtc">Whether times of it are UTC.</param>
    /// <param name="source">The column as the source has it.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<CanonicalColumn> ReadAsync(ParquetRowGroupReader group, DataField field, bool isUtc, RowColumn source, CancellationToken cancel)
    {
        using RawColumnData raw = await group.ReadRawColumnDataBaseAsync(field, cancel).ConfigureAwait(false);
        CanonicalColumn column = new((int)group.RowCount);
        switch (raw, source.Kind)
        {
            // The most frequent ones; what is held otherwise than the source holds it goes through text.
            case (RawColumnData<double> numbers, RowColumnKind.FixedPoint):
                column.Fill(numbers, field, number => column.Add(source, number, isUtc));
                break;
            case (RawColumnData<long> numbers, RowColumnKind.Whole or RowColumnKind.LongWhole):
                column.Fill(numbers, field, column.Add);
                break;
            case (RawColumnData<int> numbers, RowColumnKind.Whole or RowColumnKind.LongWhole):
                column.Fill(numbers, field, number => column.Add(number));
                break;
            case (RawColumnData<DateTime> times, RowColumnKind.LocalTime or RowColumnKind.UtcTime):
                column.Fill(times, field, column.Add);
                break;
            case (RawColumnData<DateOnly> dates, RowColumnKind.Date):
                column.Fill(dates, field, column.Add);
                break;
            case (RawColumnData<ReadOnlyMemory<char>> texts, RowColumnKind.Text):
                column.Fill(texts, field, text => column.Add(text.Span));
                break;
            default:
                foreach (string? text in ColumnTexts.Of(raw, field, isUtc))
                {
                    column.Add(CanonicalValue.OfLake(source, text));
                }

                break;
        }

        return column;
    }

    private void Fill<T>(RawColumnData<T> values, DataField field, Action<T> add) where T : struct
    {
        if (!field.IsNullable)
        {
            foreach (T value in values.Values)
            {
                add(value);
            }

            return;
        }

        foreach (T? value in values.NullableValues)
        {
            if (value is { } known)
            {
                add(known);
            }
            else
            {
                AddNull();
            }
        }
    }

    private void Add(RowColumn source, double number, bool isUtc)
    {
        if (CanonicalValue.TryWrite(source, number, Room(MostNumberBytes), out int written))
        {
            End(written);
        }
        else
        {
            Add(CanonicalValue.OfLake(source, ColumnTexts.Of(number, isUtc)));
        }
    }

    private void Add(long number)
    {
        Utf8Formatter.TryFormat(number, Room(MostNumberBytes), out int written);
        End(written);
    }

    private void Add(DateTime time)
    {
        Span<byte> room = Room(MostNumberBytes);
        CanonicalValue.Write(time, room, out int written);
        End(written);
    }

    private void Add(DateOnly date)
    {
        Span<byte> room = Room(MostNumberBytes);
        CanonicalValue.Write(date, room, out int written);
        End(written);
    }

    private void Add(string? text)
    {
        if (text is null)
        {
            AddNull();
        }
        else
        {
            Add(text.AsSpan());
        }
    }

    private void Add(ReadOnlySpan<char> text) => End(Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length))));

    private void AddNull()
    {
        Room(1)[0] = Null;
        End(1);
    }

    private Span<byte> Room(int most)
    {
        if (_bytes.Length - _used < most)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + most));
        }

        return _bytes.AsSpan(_used);
    }

    private void End(int written) => _ends[_rows++] = _used += written;
}
