namespace AcodeOps.Tuning.Settings.Rules;

/// <summary>Without performance_schema nobody can tell what statements cost. MariaDB has it off.</summary>
internal sealed class StatementsNotCounted : SettingRule
{
    /// <inheritdoc />
    public override string Id => "StatementsNotCounted";

    /// <inheritdoc />
    public override FindingSeverity Severity => FindingSeverity.Information;

    /// <inheritdoc />
    public override SettingChange? Judge(ServerSettings server) => server.IsOn("performance_schema") != false ? null : Change(
        server, "performance_schema", "ON", "What statements cost is not counted.", "performance_schema is off.", "Get-AcodeSlowQuery and Measure-AcodePerformance tell it.", "Some memory, and a few per cent of the processor.");
}
