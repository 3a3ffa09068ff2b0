namespace AcodeOps;

/// <summary>What alert rules are written in.</summary>
public enum AlertFormat
{
    /// <summary>Monitors of Datadog, as its API takes them: a JSON array.</summary>
    Datadog,

    /// <summary>Monitors of Datadog as resources of Terraform.</summary>
    Terraform,

    /// <summary>A rule file of Prometheus.</summary>
    Prometheus,
}
