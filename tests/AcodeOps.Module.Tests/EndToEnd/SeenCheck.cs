using System.Management.Automation;

namespace AcodeOps.Module.Tests.EndToEnd;

/// <summary>A health check as a script sees it: by the names of its properties.</summary>
internal sealed record SeenCheck(string Component, string Target, string Verdict, string? Cause, string? ErrorId, bool IsOutage, string Summary)
{
    public static SeenCheck Of(PSObject check)
    {
        Assert.Equal("AcodeOps.HealthCheck", check.BaseObject.GetType().FullName);
        return new(
            $"{check.Properties["Component"].Value}",
            (string)check.Properties["Target"].Value,
            $"{check.Properties["Verdict"].Value}",
            check.Properties["Cause"].Value?.ToString(),
            (string?)check.Properties["ErrorId"].Value,
            (bool)check.Properties["IsOutage"].Value,
            (string)check.Properties["Summary"].Value);
    }

    public bool Is(string component, string? target = null) => Component == component && (target is null || Target == target);

    /// <summary>Those that are not healthy, one a line.</summary>
    public static string Unhealthy(IEnumerable<SeenCheck> seen) => string.Join('\n', seen.Where(c => c.Verdict != "Healthy"));
}
