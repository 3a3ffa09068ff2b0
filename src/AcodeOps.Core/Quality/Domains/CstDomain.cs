namespace AcodeOps.Quality.Domains;

/// <summary>
/// How ICMS is levied: the origin of the goods and the situation (CST), or the code of a company under Simples Nacional (CSOSN). Source: Convênio
/// s/nº of 1970, tables A and B, with the situations of fuels since 2023; Ajuste SINIEF 7 of 2005 for the CSOSN.
/// </summary>
internal sealed class CstDomain : ValueDomain
{
    private const char LastOrigin = '8';
    private static readonly HashSet<string> Situations = ["00", "02", "10", "15", "20", "30", "40", "41", "50", "51", "53", "60", "61", "70", "90"];
    private static readonly HashSet<string> Simples = ["101", "102", "103", "201", "202", "203", "300", "400", "500", "900"];

    /// <inheritdoc />
    public override string Name => "cst";

    /// <inheritdoc />
    public override string Values => "a CST of three digits, or a CSOSN";

    /// <inheritdoc />
    public override bool IsNamed(string column) => Same(column, "CST");

    /// <inheritdoc />
    public override string? FaultOf(string value) => value.Length != 3 || !IsDigits(value)
        ? "not three digits"
        : (value[0] <= LastOrigin && Situations.Contains(value[1..])) || Simples.Contains(value) ? null : "neither a CST nor a CSOSN";
}
