namespace AcodeOps;

/// <summary>What a report is written in.</summary>
public enum ReportFormat
{
    /// <summary>One page that needs nothing else, for a browser or for paper.</summary>
    Html,

    /// <summary>With the tables of GitHub, for a ticket, or for the summary of a job.</summary>
    Markdown,

    /// <summary>For other programs.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>Annotations of a GitHub workflow, line by line to the output.</summary>
    GitHub,

    /// <summary>Annotations of an Azure pipeline, line by line to the output.</summary>
    AzureDevOps,

    /// <summary>The XML of JUnit, which pipelines show as test results; of checks.</summary>
    JUnit,

    /// <summary>For a spreadsheet.</summary>
    Csv,
}
