using System.Text.RegularExpressions;

namespace AcodeOps.Quality.Domains;

/// <summary>
/// The number of a company or a branch, with points or without. Letters are in it since July 2026. Source: Receita Federal, Instrução Normativa
/// 2.229 of 2024, and its Nota Técnica 49 of 2024 for the check digits.
/// </summary>
internal sealed partial class CnpjDomain : ValueDomain
{
    private const int BodyLength = 12;

    /// <inheritdoc />
    public override string Name => "cnpj";

    /// <inheritdoc />
    public override string Values => "a CNPJ with its two check digits";

    /// <inheritdoc />
    public override bool IsNamed(string column) => column.StartsWith("CNPJ", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override string? FaultOf(string value)
    {
        if (!Form().IsMatch(value))
        {
            return "not of the form of a CNPJ";
        }

        string plain = string.Concat(value.Where(char.IsAsciiLetterOrDigit));
        if (plain.Distinct().Count() == 1)
        {
            return "all of its digits are the same";
        }

        return plain[BodyLength] - '0' == Mod11(plain.AsSpan(0, BodyLength)) && plain[BodyLength + 1] - '0' == Mod11(plain.AsSpan(0, BodyLength + 1)) ? null : "its check digits are wrong";
    }

    [GeneratedRegex(@"\A(?:[0-9A-Z]{12}[0-9]{2}|[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-[0-9]{2})\z")]
    private static partial Regex Form();
}
