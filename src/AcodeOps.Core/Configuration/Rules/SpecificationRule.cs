using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Settings that the connector does not have, or not like this.</summary>
internal sealed class SpecificationRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        if (context.Resource.Kind == ConfiguredKind.Connection)
        {
            return [];
        }

        return context.Specification is { } specification
            ? specification.Judge(context.Resource.Settings).Select(wrong => (DocumentPath.Of(RuleContext.Settings, wrong.Path).TrimEnd('.'), wrong.Complaint))
            : [("definition_id", new("SpecificationUnknown", "What this connector takes is not known here: its settings are not judged.", FindingSeverity.Warning) { Remedy = "Judge them where the Airbyte server can be reached." })];
    }
}
