using System.Diagnostics;
using System.Globalization;
using System.Text;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Lab.Sales;

/// <summary>Goes on selling: writes new rows of the daily table to the primary, at a steady rate, until it is cancelled.</summary>
public sealed class SalesWriter(DatabaseServer primary, SalesGenerator sales)
{
    private long _written;

    /// <summary>Rows that the primary has committed for this writer.</summary>
    public long WrittenRows => Interlocked.Read(ref _written);

    /// <param name="rowsPerSecond">More than 0.</param>
    /// <param name="cancel">Ends the writing; that is no error.</param>
    public async Task RunAsync(int rowsPerSecond, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerSecond, 1);
        long next = 1 + Convert.ToInt64(await primary.ScalarAsync($"SELECT COALESCE(MAX(idpk), 0) FROM {primary.Database}.{SalesTables.Daily}", cancel) ?? 0L, CultureInfo.InvariantCulture);
        await using MySqlConnection connection = await primary.OpenAsync(cancel, database: primary.Database);
        long began = Stopwatch.GetTimestamp();
        while (!cancel.IsCancellationRequested)
        {
            long due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * rowsPerSecond) - _written;
            if (due > 0)
            {
                DateTime now = DateTime.UtcNow;
                int rows = (int)Math.Min(due, 1000);
                await using MySqlCommand insert = new(Insert(Enumerable.Range(0, rows).Select(i => sales.Daily(next + i, now.Date, now))), connection);
                // Not cancelled half-way: a row is written and counted, or neither.
                await insert.ExecuteNonQueryAsync(CancellationToken.None);
                next += rows;
                Interlocked.Add(ref _written, rows);
            }

            await Task.Delay(Math.Clamp(1000 / rowsPerSecond, 10, 200), cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The generator's values hold neither quotes nor backslashes.
    private static string Insert(IEnumerable<string> lines)
    {
        StringBuilder sql = new($"INSERT INTO {SalesTables.Daily} VALUES ");
        sql.AppendJoin(',', lines.Select(l => "(" + string.Join(',', l.TrimEnd('\n').Split('\t').Select(v => v == "\\N" ? "NULL" : $"'{v}'")) + ")"));
        return sql.ToString();
    }
}
