using System.Globalization;

namespace AcodeOps.Quality.Domains;

/// <summary>
/// The class of goods in the Mercosur's nomenclature: eight digits, of which the first two are a chapter of the Harmonized System. A column of
/// numbers has lost a leading 0. Source: Nomenclatura Comum do Mercosul; chapter 77 is reserved, 98 and 99 are for special uses.
/// </summary>
internal sealed class NcmDomain : ValueDomain
{
    private const int LastChapter = 97;
    private const int ReservedChapter = 77;

    /// <inheritdoc />
    public override string Name => "ncm";

    /// <inheritdoc />
    public override string Values => "an NCM of eight digits, in a chapter that there is";

    /// <inheritdoc />
    public override bool IsNamed(string column) => Same(column, "NCM");

    /// <inheritdoc />
    public override string? FaultOf(string value)
    {
        string plain = value.Length == 10 && value[4] == '.' && value[7] == '.' ? value.Replace(".", "", StringComparison.Ordinal) : value;
        if (plain.Length is not (7 or 8) || !IsDigits(plain))
        {
            return "not eight digits";
        }

        int chapter = int.Parse(plain.PadLeft(8, '0')[..2], NumberStyles.None, CultureInfo.InvariantCulture);
        return chapter is >= 1 and <= LastChapter and not ReservedChapter ? null : "there is no such chapter";
    }
}
