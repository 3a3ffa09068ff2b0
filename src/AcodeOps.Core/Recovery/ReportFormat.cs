namespace AcodeOps;

/// <summary>What a report is written in.</summary>
public enum ReportFormat
{
    /// <summary>One page that needs nothing else, for a browser or for paper.</summary>
    Html,

    /// <summary>With the tables of GitHub, for a ticket.</summary>
    Markdown,

    /// <summary>For other programs.</summary>
    Json,
}
