namespace AcodeOps.Lab.Sales;

/// <summary>What sales a lab has. The same options give the same rows, to the last byte.</summary>
/// <param name="Rows">Rows of the daily table; the others follow from it.</param>
/// <param name="Days">Over how many days up to today they are spread.</param>
/// <param name="Seed">Another seed, other rows.</param>
/// <param name="NowAt">The moment of the newest row.</param>
/// <param name="WithIndexes">Also index the dates; the installation has no index but the primary keys.</param>
public sealed record SalesOptions(int Rows, int Days, int Seed, DateTimeOffset NowAt, bool WithIndexes = false)
{
    /// <summary>Products: one for each hundred sales, as on the installation, and enough for a small lab.</summary>
    public int Products => Math.Clamp(Rows / 100, 100, 500_000);

    /// <summary>Invoices: three for each five sales, as on the installation.</summary>
    public int Invoices => (int)(Rows * 3L / 5);
}
