using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Two connections that are on at once write the same sales twice.</summary>
internal sealed class SingleWriterRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        if (!IsActiveRoute(context, context.Resource))
        {
            yield break;
        }

        if (context.Project.Resources.TakeWhile(resource => resource != context.Resource).FirstOrDefault(resource => IsActiveRoute(context, resource)) is { } other)
        {
            yield return (RuleContext.At("status"), new("SecondActiveRoute", $"'{Printable.Of(other.Name)}' is active too, and both are routes of environment '{context.Environment.Name}': two write at once.")
            {
                Current = "active",
                Proposed = "inactive",
                Remedy = "Leave one of them active, and switch with Invoke-AcodeFailover.",
            });
        }
    }

    private static bool IsActiveRoute(RuleContext context, ConfiguredResource resource) =>
        RuleContext.TextOf(resource, "status") == "active" && context.IsRoute(resource);
}
