namespace AcodeOps.Lab.Faults;

/// <summary>Something that goes wrong on demand, and the way back.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Arguments">Its arguments, for people.</param>
/// <param name="Summary">What then is the matter.</param>
/// <param name="ApplyAsync">Makes it so; returns when it is.</param>
/// <param name="UndoAsync">Makes it good again, with the same arguments; returns when it is.</param>
public sealed record LabFault(
    string Name, string Arguments, string Summary, Func<LabSite, string[], CancellationToken, Task> ApplyAsync, Func<LabSite, string[], CancellationToken, Task> UndoAsync);
