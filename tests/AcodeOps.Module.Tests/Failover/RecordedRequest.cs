namespace AcodeOps.Module.Tests.Failover;

/// <summary>A request that went from the module to a server.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">The path and query, as they were sent.</param>
/// <param name="Action">What an AWS service was asked for; null where the method and the path say it.</param>
internal sealed record RecordedRequest(string Method, string Target, string? Action)
{
    // Questions that are asked by POST.
    private static readonly string[] Questions = ["/api/public/v1/applications/token", "/api/v1/applications/token", "/api/v1/state/get", "/api/v1/source_definition_specifications/get", "/api/v1/destination_definition_specifications/get"];
    private static readonly string[] ReadingVerbs = ["Get", "List", "Describe"];

    /// <summary>True unless it is known to change nothing.</summary>
    public bool IsMutating => Action is { } action
        ? !ReadingVerbs.Any(verb => action[(action.LastIndexOf('.') + 1)..].StartsWith(verb, StringComparison.Ordinal))
        : Method is not ("GET" or "HEAD") && !(Method == "POST" && Questions.Contains(Target));

    /// <inheritdoc />
    public override string ToString() => $"{Method} {Target} {Action}".TrimEnd();
}
