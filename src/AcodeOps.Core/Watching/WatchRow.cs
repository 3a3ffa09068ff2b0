namespace AcodeOps;

/// <summary>One line of a watch's view.</summary>
/// <param name="Component">The part of the installation.</param>
/// <param name="Target">Which one of them.</param>
/// <param name="Verdict">What was found last.</param>
/// <param name="Summary">The finding in one line.</param>
/// <param name="History">The last findings, the oldest first.</param>
public sealed record WatchRow(HealthComponent Component, string Target, Verdict Verdict, string Summary, IReadOnlyList<Verdict> History);
