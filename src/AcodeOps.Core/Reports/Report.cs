namespace AcodeOps.Reports;

/// <summary>What a written report holds, whatever it is of and whatever it is written in.</summary>
public sealed record Report
{
    /// <summary>What kind of report it is: <c>Recovery report</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>What it is about began then, or was seen then; UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The whole in one word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The whole in a few words.</summary>
    public required string Headline { get; init; }

    /// <summary>The whole in a plain sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The key figures.</summary>
    public IReadOnlyList<ReportFigure> Figures { get; init => field = value.ToArray(); } = [];

    /// <summary>What must not be overlooked.</summary>
    public IReadOnlyList<ReportNotice> Notices { get; init => field = value.ToArray(); } = [];

    /// <summary>What the report is of, fact by fact.</summary>
    public IReadOnlyList<ReportFact> Facts { get; init => field = value.ToArray(); } = [];

    /// <summary>The charts.</summary>
    public IReadOnlyList<ReportChart> Charts { get; init => field = value.ToArray(); } = [];

    /// <summary>The tables that everybody reads.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init => field = value.ToArray(); } = [];

    /// <summary>What is there for whoever must prove it.</summary>
    public IReadOnlyList<ReportList> Lists { get; init => field = value.ToArray(); } = [];

    /// <summary>Where it comes from.</summary>
    public required string Footer { get; init; }
}

/// <summary>A key figure.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure, with its unit.</param>
/// <param name="Hint">What it means.</param>
public sealed record ReportFigure(string Label, string Value, string Hint);

/// <summary>Something that must not be overlooked.</summary>
/// <param name="Kind">How much it matters.</param>
/// <param name="Title">In a word or two.</param>
/// <param name="Text">In sentences.</param>
public sealed record ReportNotice(ReportNoticeKind Kind, string Title, string Text);

/// <summary>How much a notice matters.</summary>
public enum ReportNoticeKind
{
    /// <summary>What to do next.</summary>
    Next,

    /// <summary>To be minded.</summary>
    Mind,

    /// <summary>What failed.</summary>
    Failure,
}

/// <summary>A fact.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The fact.</param>
public sealed record ReportFact(string Label, string Value);

/// <summary>A long list, folded away where that can be done.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Lines">Its lines.</param>
public sealed record ReportList(string Title, IReadOnlyList<string> Lines);
