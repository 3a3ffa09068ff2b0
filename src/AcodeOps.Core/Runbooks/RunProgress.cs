namespace AcodeOps.Runbooks;

/// <summary>How far a run is, for a progress bar.</summary>
/// <param name="Title">The run.</param>
/// <param name="StepTitle">The step at work.</param>
/// <param name="StepNumber">Its number, from 1.</param>
/// <param name="StepCount">How many there are.</param>
/// <param name="Text">What it does now; empty where it says nothing.</param>
/// <param name="Percent">How much of the step is done, 0 to 100; null where that is not known.</param>
public sealed record RunProgress(string Title, string StepTitle, int StepNumber, int StepCount, string Text, int? Percent);
