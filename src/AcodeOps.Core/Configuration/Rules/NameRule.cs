using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Airbyte lets two things have one name; whoever looks one up by it finds either.</summary>
internal sealed class NameRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        ConfiguredResource? other = context.Project.Resources.TakeWhile(resource => resource != context.Resource)
            .FirstOrDefault(resource => resource.Kind == context.Resource.Kind && resource.Name == context.Resource.Name);
        if (other is not null && context.Resource.Name.Length > 0)
        {
            // With their ids known they cannot be taken for each other, but by people.
            FindingSeverity severity = other.State is not null && context.Resource.State is not null ? FindingSeverity.Warning : FindingSeverity.Error;
            yield return ("resource_name", new("DuplicateName", $"'{Printable.Of(other.Name)}' is the name of {other.Path} too.", severity) { Remedy = "Give each its own name." });
        }
    }
}
