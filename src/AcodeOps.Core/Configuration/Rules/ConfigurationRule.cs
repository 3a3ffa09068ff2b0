using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>
/// Something that a configuration is held against. A new rule is one class that derives from this one: the catalogue finds it
/// by itself.
/// </summary>
internal abstract class ConfigurationRule
{
    /// <summary>What the rule has to say about one resource, each with the path in its file.</summary>
    public abstract IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context);
}
