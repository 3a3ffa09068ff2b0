using System.Globalization;

namespace AcodeOps.Lab.Sales;

/// <summary>
/// Pharmacy sales with valid CNPJ, EAN-13 and invoice keys. Rows are lines for LOAD DATA: tabs between the values, \N for NULL.
/// Row n of a table depends on the options and n alone.
/// </summary>
public sealed class SalesGenerator(SalesOptions options)
{
    private static readonly string[] Suppliers = ["Distribuidora Santa Clara", "Farmed Atacado", "Medlog Nordeste", "Panorama Distribuidora", "Sul Medicamentos", "Vitalis Comercial"];
    private static readonly (string Name, string Class, string SubClass, string Group)[] Substances =
    [
        ("Dipirona", "Analgésicos", "Não narcóticos", "OTC"), ("Losartana", "Cardiovascular", "Anti-hipertensivos", "RX"), ("Amoxicilina", "Anti-infecciosos", "Penicilinas", "RX"),
        ("Omeprazol", "Digestivo", "Antiulcerosos", "RX"), ("Metformina", "Metabolismo", "Antidiabéticos", "RX"), ("Ibuprofeno", "Analgésicos", "Anti-inflamatórios", "OTC"),
        ("Loratadina", "Respiratório", "Anti-histamínicos", "OTC"), ("Simvastatina", "Cardiovascular", "Redutores de colesterol", "RX"), ("Protetor solar", "Dermatologia", "Fotoproteção", "HPC"),
    ];

    private static readonly string[] Makers = ["Aurora Pharma", "Brasfarma", "Genéricos do Vale", "Laboratório Ipê", "Nova Química Sul", "União Saúde"];
    private static readonly int[] TaxRates = [0, 7, 12, 17, 18];

    private enum Table
    {
        Daily = 1,
        Products,
        Invoices,
        Pharmacies,
    }

    public SalesOptions Options => options;

    private DateTime Now => options.NowAt.UtcDateTime;

    private DateTime Today => Now.Date;

    /// <summary>The event date of row n (from 1): the days in order, the last rows today.</summary>
    public DateTime DateOf(long n) => Today.AddDays(-DaysBack(n));

    /// <summary>When row n arrived: in the night after its day, and on today's day until now. It never goes back from one row to the next.</summary>
    public DateTime ProcessedAt(long n)
    {
        int back = DaysBack(n);
        long newer = NewerThan(back), older = NewerThan(back + 1);
        double share = (older - RowsAfter(n)) / (double)(older - newer);
        DateTime day = Today.AddDays(-back);
        DateTime from = back == 0 ? day : day.AddHours(20), until = back == 0 ? Now : day.AddHours(24);
        return new DateTime((from + ((until - from) * share)).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }

    public string Daily(long n) => Daily(n, DateOf(n), ProcessedAt(n));

    /// <summary>Row n at a moment of the caller's choice, for rows that are written later.</summary>
    public string Daily(long n, DateTime date, DateTime processedAt)
    {
        RowRandom random = new(options.Seed, (int)Table.Daily, n);
        int quantity = 1 + random.Next(12), supplier = random.Next(Suppliers.Length), rate = TaxRates[random.Next(TaxRates.Length)];
        decimal price = 3 + (random.Next(20_000) / 100m), total = quantity * price;
        return Line(
            n,
            date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Text(processedAt),
            random.Chance(1) ? null : PharmacyCnpj(random.Next(800)),
            CheckDigits.Cnpj(40_000_000 + supplier, 1),
            Suppliers[supplier],
            random.Chance(5) ? null : Ean(1 + random.Next(options.Products)),
            InvoiceNumber(n),
            random.Chance(700) ? 5102 : 5405,
            30_040_000 + random.Next(100),
            random.Chance(700) ? "000" : "060",
            Text(quantity),
            Text(price),
            Text(total),
            random.Chance(2) ? null : Text(total),
            Text(rate),
            Text(decimal.Round(total * rate / 100, 4)),
            Text(0),
            Text(random.Chance(300) ? decimal.Round(total * 0.04m, 4) : 0),
            Text(0));
    }

    /// <summary>Product n; each EAN of the daily table is one of these.</summary>
    public string Product(long n)
    {
        RowRandom random = new(options.Seed, (int)Table.Products, n);
        (string name, string group, string subGroup, string kind) = Substances[random.Next(Substances.Length)];
        string maker = Makers[random.Next(Makers.Length)];
        int dose = 5 * (1 + random.Next(200));
        return Line(n, Ean(n), $"{name.ToUpperInvariant()} {dose}MG C/{10 * (1 + random.Next(6))} CPR", maker, name, group, subGroup, name + " oral", kind, random.Chance(600) ? "GENERICO" : "MARCA", maker + " " + name, maker + " Participações");
    }

    /// <summary>Invoice n with its access key.</summary>
    public string Invoice(long n) => Invoice(n, ProcessedAt(n * 5 / 3));

    /// <summary>Invoice n at a moment of the caller's choice.</summary>
    public string Invoice(long n, DateTime processedAt)
    {
        RowRandom random = new(options.Seed, (int)Table.Invoices, n);
        string issuer = new([.. PharmacyCnpj(random.Next(800)).Where(char.IsAsciiDigit)]);
        long number = InvoiceNumber(n);
        string key = CheckDigits.InvoiceKey(string.Create(
            CultureInfo.InvariantCulture, $"35{processedAt:yyMM}{issuer}55001{number:D9}1{random.Next(100_000_000):D8}"));
        return Line(n, Text(processedAt), number, key, $"<NFe><infNFe Id=\"NFe{key}\"><emit><CNPJ>{issuer}</CNPJ></emit></infNFe></NFe>");
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Line(params object?[] values) => string.Join('\t', values.Select(v => v is null ? "\\N" : Convert.ToString(v, CultureInfo.InvariantCulture))) + "\n";

    private static long InvoiceNumber(long n) => 100_000 + (n % 900_000_000);

    // Counted from the end, so that the smallest lab has its rows today.
    private long RowsAfter(long n) => Math.Clamp(options.Rows - n, 0, options.Rows - 1);

    private int DaysBack(long n) => (int)(RowsAfter(n) * options.Days / options.Rows);

    // How many rows are of later days than the one that lies so many days back.
    private long NewerThan(int daysBack) => ((daysBack * (long)options.Rows) + options.Days - 1) / options.Days;

    private string Ean(long product) => CheckDigits.Ean13(789_000_000_000 + (options.Seed % 1000L * 1_000_000) + product);

    private string PharmacyCnpj(int pharmacy)
    {
        RowRandom random = new(options.Seed, (int)Table.Pharmacies, pharmacy);
        return CheckDigits.Cnpj(10_000_000 + random.Next(20_000_000), 1 + random.Next(30));
    }
}
