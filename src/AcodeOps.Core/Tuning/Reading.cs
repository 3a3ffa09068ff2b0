using System.Globalization;

namespace AcodeOps.Tuning;

/// <summary>A reading as it is told, and what it was held against.</summary>
/// <param name="Told">The reading.</param>
/// <param name="Limit">Its limit; null where it has none.</param>
internal sealed record Reading(PerformanceReading Told, ReadingLimit? Limit)
{
    /// <summary>Judges a figure.</summary>
    /// <param name="target">What was measured.</param>
    /// <param name="name">The reading's name.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="figure">The figure.</param>
    /// <param name="span">The time that it is of.</param>
    /// <param name="limit">What it is held against; null for nothing.</param>
    /// <param name="instance">Which of several.</param>
    public static Reading Of(string target, string name, string unit, Figure figure, (DateTimeOffset From, DateTimeOffset To) span, ReadingLimit? limit = null, string? instance = null) => new(
        new PerformanceReading
        {
            Target = target,
            Name = name,
            Instance = instance,
            Unit = unit,
            Value = figure.Value,
            From = span.From,
            To = span.To,
            Evidence = figure.Evidence,
            Cause = figure.Cause,
            ErrorId = figure.ErrorId,
            Threshold = limit?.Threshold,
            Verdict = figure.Value is not { } value ? Verdict.Unknown
                : limit is null || !figure.IsTelling ? null
                : limit.IsCrossedBy(value) ? limit.Beyond : Verdict.Healthy,
        },
        limit);

    /// <summary>What is to be said when the limit is crossed; null where it is not, or nothing was measured.</summary>
    /// <param name="who">Who it is about, in words.</param>
    /// <param name="owner">A word on whose it is; null where it is our own.</param>
    public Finding? Finding(string who, string? owner) => Limit is null || Told.Verdict is not (Verdict.Degraded or Verdict.Failed) ? null : new Finding
    {
        Rule = Limit.Rule,
        Severity = Limit.Beyond == Verdict.Failed ? FindingSeverity.Error : FindingSeverity.Warning,
        Target = Told.Instance is null ? Told.Target : $"{Told.Target} {Told.Instance}",
        Message = string.Format(CultureInfo.InvariantCulture, Limit.Message, Told.Instance is null ? who : $"{who}, {Told.Instance},"),
        Current = Shown(Told.Value!.Value),
        Proposed = $"{(Limit.IsFloor ? "at least" : "below")} {Shown(Limit.Threshold)}",
        Evidence = FormattableString.Invariant($"{Told.Name}: {Shown(Told.Value!.Value)}{(Told.Evidence is null ? "" : $" ({Told.Evidence})")}, from {Told.From:u} to {Told.To:u}"),
        Remedy = owner is null ? Limit.Remedy : $"{owner} {Limit.Remedy}",
    };

    private string Shown(double value) => FormattableString.Invariant($"{value:0.##} {Told.Unit}");
}
