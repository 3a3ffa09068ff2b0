using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MySqlConnector;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace AcodeOps.Lab.Airbyte.Sync.Columns;

/// <summary>
/// A nullable column of times in microseconds. Parquet.Net writes the statistics of such a column in milliseconds (its issue
/// 769); destination-s3 writes right ones, and so does this.
/// </summary>
internal sealed class TimeColumnBuffer(DataField field, Func<MySqlDataReader, int, DateTime?> read) : ValueColumnBuffer<DateTime>(field, sizeof(long), read)
{
    public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancel)
    {
        (DateTime? least, DateTime? greatest) = Range();
        await base.FlushAsync(group, cancel);
        if (least is { } min && greatest is { } max && GroupOf(group).Columns[^1].MetaData?.Statistics is { } statistics)
        {
            (statistics.MinValue, statistics.MaxValue) = (Microseconds(min), Microseconds(max));
        }
    }

    private (DateTime? Least, DateTime? Greatest) Range()
    {
        DateTime? least = null, greatest = null;
        foreach (DateTime? value in Gathered)
        {
            least = value < least || least is null ? value ?? least : least;
            greatest = value > greatest || greatest is null ? value ?? greatest : greatest;
        }

        return (least, greatest);
    }

    private static byte[] Microseconds(DateTime time)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        return bytes;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    private static extern ref RowGroup GroupOf(ParquetRowGroupWriter writer);
}
