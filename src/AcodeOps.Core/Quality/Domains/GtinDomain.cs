namespace AcodeOps.Quality.Domains;

/// <summary>The number of a trade item: GTIN-8, -12, -13 (once EAN) or -14. Source: GS1 General Specifications, section 7.9.1.</summary>
internal sealed class GtinDomain : ValueDomain
{
    /// <inheritdoc />
    public override string Name => "gtin";

    /// <inheritdoc />
    public override string Values => "a GTIN (EAN) of 8, 12, 13 or 14 digits with its check digit";

    /// <inheritdoc />
    public override bool IsNamed(string column) => Same(column, "EAN") || Same(column, "GTIN");

    /// <inheritdoc />
    public override string? FaultOf(string value)
    {
        if (value.Length is not (8 or 12 or 13 or 14) || !IsDigits(value))
        {
            return "not 8, 12, 13 or 14 digits";
        }

        if (value.All(digit => digit == '0'))
        {
            return "all of its digits are 0";
        }

        int sum = 0;
        for (int i = value.Length - 2, weight = 3; i >= 0; i--, weight = 4 - weight)
        {
            sum += (value[i] - '0') * weight;
        }

        return value[^1] - '0' == (10 - (sum % 10)) % 10 ? null : "its check digit is wrong";
    }

    // What an invoice says of an item that has no number.
    /// <inheritdoc />
    public override bool IsNone(string value) => value.Equals("SEM GTIN", StringComparison.OrdinalIgnoreCase);
}
