using System.Text;
using AcodeOps.Lab.Servers.Databases;
using MySqlConnector;

namespace AcodeOps.Lab.Sales;

/// <summary>Makes the three tables on the primary and fills them; the replica gets everything from the binary log.</summary>
public sealed class SalesLoader(DatabaseServer primary, SalesGenerator sales)
{
    // One transaction each: small enough that the replica keeps pace.
    private const int RowsAtOnce = 20_000;

    public async Task LoadAsync(CancellationToken cancel)
    {
        await primary.ExecuteAsync(SalesTables.Create(sales.Options.WithIndexes), cancel, primary.Database);
        // One connection a table; the two big ones at the same time.
        await LoadAsync(SalesTables.Products, sales.Options.Products, sales.Product, cancel);
        await Task.WhenAll(
            LoadAsync(SalesTables.Daily, sales.Options.Rows, sales.Daily, cancel),
            LoadAsync(SalesTables.Invoices, sales.Options.Invoices, sales.Invoice, cancel));
    }

    private async Task LoadAsync(string table, long rows, Func<long, string> row, CancellationToken cancel)
    {
        await using MySqlConnection connection = await primary.OpenAsync(cancel, database: primary.Database);
        for (long from = 1; from <= rows; from += RowsAtOnce)
        {
            long until = Math.Min(rows, from + RowsAtOnce - 1);
            byte[] lines = await Task.Run(() => Lines(from, until, row), cancel);
            MySqlBulkLoader loader = new(connection)
            {
                TableName = table,
                CharacterSet = "utf8mb4",
                FieldTerminator = "\t",
                LineTerminator = "\n",
                Local = true,
                SourceStream = new MemoryStream(lines),
            };
            int loaded = await loader.LoadAsync(cancel);
            if (loaded != until - from + 1)
            {
                throw new LabException($"{table} took {loaded} of the rows {from} to {until}: see {primary.Process.LogFile}.");
            }
        }
    }

    private static byte[] Lines(long from, long until, Func<long, string> row)
    {
        StringBuilder lines = new();
        for (long n = from; n <= until; n++)
        {
            lines.Append(row(n));
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
