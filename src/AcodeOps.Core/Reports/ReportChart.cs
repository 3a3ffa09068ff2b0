namespace AcodeOps.Reports;

/// <summary>A chart of a report: bars on one scale.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Label">What a bar stands for, in a word.</param>
/// <param name="Figure">What is written beside a bar, in a word.</param>
/// <param name="Bars">The bars, from the top.</param>
public sealed record ReportChart(string Title, string Label, string Figure, IReadOnlyList<ReportBar> Bars);
