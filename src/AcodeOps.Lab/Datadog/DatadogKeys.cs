namespace AcodeOps.Lab.Datadog;

/// <summary>The keys of an organization.</summary>
public sealed record DatadogKeys(string Api, string Application)
{
    public static DatadogKeys New() => new(LabPassword.New(32), LabPassword.New(40));
}
