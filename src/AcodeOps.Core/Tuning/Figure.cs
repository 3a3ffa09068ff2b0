namespace AcodeOps.Tuning;

/// <summary>What a reading came to, before it is judged.</summary>
/// <param name="Value">The figure; null where it is not known.</param>
/// <param name="Evidence">What it is made of, or why it is not known.</param>
internal readonly record struct Figure(double? Value, string? Evidence = null)
{
    /// <summary>False where the figure is of so little that nothing can be concluded from it.</summary>
    public bool IsTelling { get; init; } = true;

    /// <summary>The class of the failure behind an unknown figure.</summary>
    public FailureClass? Cause { get; init; }

    /// <summary>The id of the error behind an unknown figure.</summary>
    public string? ErrorId { get; init; }

    /// <summary>A figure that is not known.</summary>
    public static Figure Unknown(string why) => new(null, why);

    /// <summary>A figure that is not known because something failed.</summary>
    public static Figure Unknown(AcodeException failure) => new(null, failure.Advice is { } advice ? $"{failure.Message} {advice}" : failure.Message) { Cause = failure.Cause, ErrorId = failure.Id };
}
