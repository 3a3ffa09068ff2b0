using MySqlConnector;

namespace AcodeOps.Adapters.MySql;

/// <summary>Reads the values of a row as its columns hold them, and counts what they take.</summary>
internal sealed class RowValues(IReadOnlyList<RowColumn> columns)
{
    // What an object in memory takes beside its content.
    private const int Overhead = 24;

    /// <summary>The reader's current row; its place is told by the key.</summary>
    public SourceRow Read(MySqlDataReader reader, int range, int keyOrdinal)
    {
        object?[] values = new object?[columns.Count];
        int bytes = Overhead, zeroDates = 0;
        for (int i = 0; i < values.Length; i++)
        {
            object? value = values[i] = reader.IsDBNull(i) ? null : Read(reader, i, columns[i].Kind, ref zeroDates);
            bytes += sizeof(long) + value switch
            {
                null => 0,
                string text => Overhead + (2 * text.Length),
                byte[] content => Overhead + content.Length,
                _ => Overhead,
            };
        }

        return new SourceRow(new RowPosition(range, KeyText(values[keyOrdinal])), values, bytes, zeroDates);
    }

    /// <summary>A key as positions tell it.</summary>
    public static string KeyText(object? key) => Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture)!;

    private static object? Read(MySqlDataReader reader, int ordinal, RowColumnKind kind, ref int zeroDates)
    {
        switch (kind)
        {
            case RowColumnKind.Whole:
                return reader.GetInt32(ordinal);
            case RowColumnKind.LongWhole:
                return reader.GetValue(ordinal) is ulong bits ? (long)bits : reader.GetInt64(ordinal);
            case RowColumnKind.FixedPoint:
                return reader.GetValue(ordinal) is ulong number ? number : reader.GetDecimal(ordinal);
            case RowColumnKind.ShortReal:
                return (float)reader.GetDouble(ordinal);
            case RowColumnKind.Real:
                return reader.GetDouble(ordinal);
            case RowColumnKind.Truth:
                return reader.GetUInt64(ordinal) != 0;
            case RowColumnKind.Bytes:
                return (byte[])reader.GetValue(ordinal);
            case RowColumnKind.Text:
                return reader.GetString(ordinal);
        }

        MySqlDateTime told = reader.GetMySqlDateTime(ordinal);
        // Servers may hold 31 April, and dates of zeros.
        if (!told.IsValidDateTime || told.Day > DateTime.DaysInMonth(told.Year, told.Month))
        {
            zeroDates++;
            return null;
        }

        DateTime time = told.GetDateTime();
        return kind switch
        {
            RowColumnKind.Date => DateOnly.FromDateTime(time),
            RowColumnKind.UtcTime => DateTime.SpecifyKind(time, DateTimeKind.Utc),
            _ => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
        };
    }
}
