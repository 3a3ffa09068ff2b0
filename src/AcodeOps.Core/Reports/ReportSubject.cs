namespace AcodeOps.Reports;

/// <summary>What a report is written of. A new kind of report is one more of these.</summary>
public abstract record ReportSubject
{
    /// <summary>What it is, as a sentence names it: <c>run</c>, <c>checks</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name of its file, without the ending.</summary>
    public abstract string FileName { get; }

    /// <summary>What it can be written in; the first by default.</summary>
    public abstract IReadOnlyList<ReportFormat> Formats { get; }

    /// <summary>Refuses a format that says nothing of this.</summary>
    /// <exception cref="AcodeException"><c>ReportFormatUnsuitable</c>.</exception>
    public void Check(ReportFormat format)
    {
        if (!Formats.Contains(format))
        {
            throw new AcodeException("ReportFormatUnsuitable", FailureClass.InvalidInput, $"There is no report of a {Name} as {format}.")
            {
                Advice = $"Use -Format {string.Join(", ", Formats.SkipLast(1))} or {Formats[^1]}.",
                Subject = format,
            };
        }
    }

    /// <summary>The report.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="setting">Where it is written.</param>
    public abstract string Write(ReportFormat format, ReportSetting setting);
}

/// <summary>Where a report is written.</summary>
/// <param name="Painter">Who draws charts; asked for where there are any.</param>
/// <param name="Root">Files below this folder are named relative to it: a repository's root.</param>
/// <param name="Version">The module's version.</param>
public sealed record ReportSetting(Func<IChartPainter> Painter, string Root, string Version);
