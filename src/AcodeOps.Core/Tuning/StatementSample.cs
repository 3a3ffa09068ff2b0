namespace AcodeOps.Tuning;

/// <summary>What a server had counted of its statements at one moment.</summary>
/// <param name="UptimeSeconds">How long the server had run.</param>
/// <param name="Statements">One for each kind of statement.</param>
public sealed record StatementSample(long UptimeSeconds, IReadOnlyList<StatementTotals> Statements);
