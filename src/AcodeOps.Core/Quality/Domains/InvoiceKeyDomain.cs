using System.Globalization;
using System.Text.RegularExpressions;

namespace AcodeOps.Quality.Domains;

/// <summary>
/// The access key of an electronic invoice: state, month, who issued it, model, series, number, a random part, and a check digit. Source:
/// Manual de Orientação do Contribuinte of the NF-e, version 7, annex I; letters may be in the issuer's CNPJ since 2026.
/// </summary>
internal sealed partial class InvoiceKeyDomain : ValueDomain
{
    private static readonly HashSet<string> States =
    [
        "11", "12", "13", "14", "15", "16", "17", "21", "22", "23", "24", "25", "26", "27", "28", "29", "31", "32", "33", "35", "41", "42", "43", "50", "51", "52", "53",
    ];

    private static readonly HashSet<string> Models = ["55", "65"];

    /// <inheritdoc />
    public override string Name => "invoiceKey";

    /// <inheritdoc />
    public override string Values => "an access key of 44 characters with its check digit";

    /// <inheritdoc />
    public override bool IsNamed(string column) => Same(column, "Chave_NFe");

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Error;

    /// <inheritdoc />
    public override string? FaultOf(string value)
    {
        if (!Form().IsMatch(value))
        {
            return "not the 44 characters of an access key";
        }

        if (!States.Contains(value[..2]))
        {
            return "there is no such state";
        }

        if (int.Parse(value.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture) is < 1 or > 12)
        {
            return "there is no such month";
        }

        return !Models.Contains(value[20..22]) ? "of another kind of document" : value[^1] - '0' == Mod11(value.AsSpan(0, value.Length - 1)) ? null : "its check digit is wrong";
    }

    [GeneratedRegex(@"\A[0-9]{6}[0-9A-Z]{12}[0-9]{26}\z")]
    private static partial Regex Form();
}
