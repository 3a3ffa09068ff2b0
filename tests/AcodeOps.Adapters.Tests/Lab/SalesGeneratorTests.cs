using System.Globalization;
using AcodeOps.Lab.Sales;

namespace AcodeOps.Adapters.Tests.Lab;

public sealed class SalesGeneratorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 5, 14, 30, 0, TimeSpan.Zero);
    private static readonly SalesGenerator Sales = new(new SalesOptions(3_000, 10, 7, Now));

    [Fact]
    public void The_same_options_give_the_same_rows_in_any_order()
    {
        SalesGenerator other = new(Sales.Options);
        Assert.Equal(Rows(Sales, 3_000), Enumerable.Range(1, 3_000).Reverse().Select(n => other.Daily(n)).Reverse());
        Assert.NotEqual(Rows(Sales, 10), Rows(new SalesGenerator(Sales.Options with { Seed = 8 }), 10));
    }

    [Fact]
    public void Every_cnpj_and_ean_has_valid_check_digits_and_every_sold_ean_is_a_product()
    {
        HashSet<string> products = [.. Enumerable.Range(1, Sales.Options.Products).Select(n => Columns(Sales.Product(n))[1])];
        Assert.Equal(Sales.Options.Products, products.Count);
        Assert.All(products, ean => Assert.True(IsEan(ean), ean));
        foreach (string[] row in Rows(Sales, 3_000).Select(Columns))
        {
            Assert.True(row[3] == "\\N" || IsCnpj(row[3]), row[3]);
            Assert.True(IsCnpj(row[4]), row[4]);
            Assert.True(row[6] == "\\N" || products.Contains(row[6]), row[6]);
        }
    }

    [Theory]
    [InlineData(11_222_333, 1, "11.222.333/0001-81")]
    [InlineData(0, 1, "00.000.000/0001-91")]
    public void A_known_cnpj_has_its_known_check_digits(int company, int branch, string expected) => Assert.Equal(expected, CheckDigits.Cnpj(company, branch));

    [Fact]
    public void A_known_ean_has_its_known_check_digit() => Assert.Equal("4006381333931", CheckDigits.Ean13(400638133393));

    [Fact]
    public void Rows_cover_every_day_up_to_today_and_arrive_in_order_up_to_now()
    {
        DateTime[] days = [.. Enumerable.Range(1, 3_000).Select(n => Sales.DateOf(n)).Distinct()];
        Assert.Equal(Enumerable.Range(0, 10).Select(d => Now.UtcDateTime.Date.AddDays(d - 9)), days);
        DateTime[] arrivals = [.. Enumerable.Range(1, 3_000).Select(n => Sales.ProcessedAt(n))];
        Assert.Equal(arrivals.Order(), arrivals);
        Assert.Equal(Now.UtcDateTime, arrivals[^1]);
        Assert.All(Enumerable.Range(1, 3_000), n => Assert.True(Sales.ProcessedAt(n) >= Sales.DateOf(n)));
    }

    [Fact]
    public void A_lab_of_one_row_has_it_now()
    {
        SalesGenerator one = new(new SalesOptions(1, 30, 1, Now));
        Assert.Equal(Now.UtcDateTime.Date, one.DateOf(1));
    }

    [Fact]
    public void Invoice_keys_are_valid() =>
        Assert.All(Enumerable.Range(1, 200).Select(n => Columns(Sales.Invoice(n))[3]), key =>
        {
            Assert.Equal(44, key.Length);
            Assert.Equal(key, CheckDigits.InvoiceKey(key[..43]));
        });

    private static IEnumerable<string> Rows(SalesGenerator sales, int count) => Enumerable.Range(1, count).Select(n => sales.Daily(n));

    private static string[] Columns(string line) => line.TrimEnd('\n').Split('\t');

    // Written from the rules, not from the generator: the weighted sum over all 13 digits ends with 0.
    private static bool IsEan(string ean) => ean.Length == 13 && ean.Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;

    private static bool IsCnpj(string cnpj)
    {
        int[] d = [.. cnpj.Where(char.IsAsciiDigit).Select(c => int.Parse(c.ToString(), CultureInfo.InvariantCulture))];
        int[] first = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], second = [6, .. first];
        int Digit(int[] weights) => weights.Zip(d, (w, x) => w * x).Sum() % 11 is var r && r < 2 ? 0 : 11 - r;
        return cnpj.Length == 18 && d.Length == 14 && d[12] == Digit(first) && d[13] == Digit(second);
    }
}
