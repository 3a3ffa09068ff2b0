using AcodeOps.Quality.Checks;
using AcodeOps.Quality.Domains;

namespace AcodeOps.Core.Tests.Quality;

/// <summary>Codes of Brazilian trade: published examples pass, and every single wrong digit is found where there is a check digit.</summary>
public sealed class ValueDomainTests
{
    [Theory]
    [InlineData("cnpj", "11.222.333/0001-81")]
    [InlineData("cnpj", "11222333000181")]
    [InlineData("cnpj", "12.ABC.345/01DE-35")]
    [InlineData("cnpj", "44.038.188/0001-32")]
    [InlineData("gtin", "7891000315507")]
    [InlineData("gtin", "96385074")]
    [InlineData("gtin", "036000291452")]
    [InlineData("gtin", "10614141000415")]
    [InlineData("cfop", "5102")]
    [InlineData("cfop", "5.405")]
    [InlineData("cfop", "1949")]
    [InlineData("ncm", "30049099")]
    [InlineData("ncm", "3004.90.99")]
    [InlineData("ncm", "4029900")]
    [InlineData("cst", "060")]
    [InlineData("cst", "261")]
    [InlineData("cst", "500")]
    [InlineData("cst", "102")]
    public void A_good_one_passes(string domain, string value) => Assert.Null(Find(domain).FaultOf(value));

    [Theory]
    [InlineData("cnpj", "00000000000000")]
    [InlineData("cnpj", "11.222.333/0001-8")]
    [InlineData("cnpj", "11.222.333.0001-81")]
    [InlineData("cnpj", "12.abc.345/01de-35")]
    [InlineData("cnpj", "12ABC34501DEAB")]
    [InlineData("gtin", "00000000")]
    [InlineData("gtin", "789100031550")]
    [InlineData("gtin", "78910003155O7")]
    [InlineData("gtin", "٧٨٩١٠٠٠٣١٥٥٠٧")]
    [InlineData("cfop", "4102")]
    [InlineData("cfop", "5800")]
    [InlineData("cfop", "5100")]
    [InlineData("cfop", "510")]
    [InlineData("ncm", "77049099")]
    [InlineData("ncm", "98049099")]
    [InlineData("ncm", "00000000")]
    [InlineData("ncm", "3004")]
    [InlineData("cst", "960")]
    [InlineData("cst", "001")]
    [InlineData("cst", "60")]
    [InlineData("invoiceKey", "1")]
    public void A_bad_one_is_told(string domain, string value) => Assert.NotNull(Find(domain).FaultOf(value));

    [Theory]
    [InlineData("cnpj", "11222333000181")]
    [InlineData("cnpj", "12ABC34501DE35")]
    [InlineData("gtin", "7891000315507")]
    public void Each_single_wrong_digit_is_found(string name, string good)
    {
        ValueDomain domain = Find(name);
        for (int at = 0; at < good.Length; at++)
        {
            for (char digit = '0'; digit <= '9'; digit++)
            {
                // A letter and the digit that it is congruent to, modulus 11, nobody can tell apart.
                if (digit != good[at] && char.IsAsciiDigit(good[at]))
                {
                    string bad = $"{good[..at]}{digit}{good[(at + 1)..]}";
                    Assert.True(domain.FaultOf(bad) is not null, bad);
                }
            }
        }
    }

    [Fact]
    public void A_key_of_an_invoice_has_a_state_a_month_a_kind_and_a_check_digit()
    {
        ValueDomain domain = Find("invoiceKey");
        string good = Key("3526111122233300018155001000000001100000001");
        Assert.Null(domain.FaultOf(good));
        Assert.Null(domain.FaultOf(Key("35261112ABC34501DE3555001000000001100000001")));
        Assert.Equal("there is no such state", domain.FaultOf(Key("9926111122233300018155001000000001100000001")));
        Assert.Equal("there is no such month", domain.FaultOf(Key("3526131122233300018155001000000001100000001")));
        Assert.Equal("of another kind of document", domain.FaultOf(Key("3526111122233300018157001000000001100000001")));
        Assert.Equal("its check digit is wrong", domain.FaultOf(good[..^1] + (char)('0' + ((good[^1] - '0' + 1) % 10))));
    }

    [Fact]
    public void No_number_is_none_and_not_a_wrong_one() => Assert.True(Find("gtin").IsNone("SEM GTIN"));

    // The weights from the right are 2 to 9, again and again.
    private static string Key(string body)
    {
        int sum = body.Reverse().Select((c, i) => (c - '0') * (2 + (i % 8))).Sum();
        return body + (sum % 11 < 2 ? 0 : 11 - (sum % 11));
    }

    private static ValueDomain Find(string name) => Assert.IsAssignableFrom<ValueDomain>(RowChecks.Find(name));
}
