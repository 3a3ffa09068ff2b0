namespace AcodeOps.Quality.Domains;

/// <summary>
/// What kind of a movement of goods an invoice is of: in (1 to 3) or out (5 to 7), a group, and what in it. Judged by the form. Source: Convênio
/// s/nº of 1970, annex CFOP.
/// </summary>
internal sealed class CfopDomain : ValueDomain
{
    /// <inheritdoc />
    public override string Name => "cfop";

    /// <inheritdoc />
    public override string Values => "a CFOP of four digits, the heading of no group";

    /// <inheritdoc />
    public override bool IsNamed(string column) => Same(column, "CFOP");

    /// <inheritdoc />
    public override string? FaultOf(string value)
    {
        string plain = value.Length == 5 && value[1] == '.' ? value.Remove(1, 1) : value;
        if (plain.Length != 4 || !IsDigits(plain))
        {
            return "not four digits";
        }

        if (plain[0] is not ((>= '1' and <= '3') or (>= '5' and <= '7')))
        {
            return "its first digit is no direction";
        }

        return plain[1] is '0' or '7' or '8' ? "there is no such group" : plain.EndsWith("00", StringComparison.Ordinal) ? "the heading of a group" : null;
    }
}
