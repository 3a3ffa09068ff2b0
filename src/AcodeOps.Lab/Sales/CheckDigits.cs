using System.Globalization;

namespace AcodeOps.Lab.Sales;

/// <summary>The check digits of the identifiers in the sales.</summary>
public static class CheckDigits
{
    /// <summary>A CNPJ as written: 12.345.678/0001-95.</summary>
    /// <param name="company">The company, up to 8 digits.</param>
    /// <param name="branch">The branch, up to 4 digits.</param>
    public static string Cnpj(int company, int branch)
    {
        string digits = company.ToString("D8", CultureInfo.InvariantCulture) + branch.ToString("D4", CultureInfo.InvariantCulture);
        digits += Mod11(digits, highestWeight: 9);
        digits += Mod11(digits, highestWeight: 9);
        return $"{digits[..2]}.{digits[2..5]}.{digits[5..8]}/{digits[8..12]}-{digits[12..]}";
    }

    /// <summary>An EAN-13 from its first 12 digits.</summary>
    public static string Ean13(long number)
    {
        string digits = number.ToString("D12", CultureInfo.InvariantCulture);
        int sum = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        }

        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>The 44 digits of an invoice's access key from its first 43.</summary>
    public static string InvoiceKey(string digits) => digits + Mod11(digits, highestWeight: 9);

    // Weights 2, 3, … from the right, starting again after the highest; remainders 0 and 1 give 0.
    private static char Mod11(string digits, int highestWeight)
    {
        int sum = 0, weight = 2;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            sum += (digits[i] - '0') * weight;
            weight = weight == highestWeight ? 2 : weight + 1;
        }

        int remainder = sum % 11;
        return (char)('0' + (remainder < 2 ? 0 : 11 - remainder));
    }
}
