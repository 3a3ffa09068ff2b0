using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>A connection needs a source's and a destination's file.</summary>
internal sealed class ReferenceRule : ConfigurationRule
{
    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        if (context.Resource.Kind != ConfiguredKind.Connection)
        {
            yield break;
        }

        foreach ((string key, string? path, ConfiguredKind kind) in new[]
        {
            ("source_configuration_path", context.Resource.SourcePath, ConfiguredKind.Source),
            ("destination_configuration_path", context.Resource.DestinationPath, ConfiguredKind.Destination),
        })
        {
            if (path is not null && context.Project.Find(path)?.Kind != kind)
            {
                string[] known = [.. context.Project.Resources.Where(resource => resource.Kind == kind).Select(resource => resource.Path)];
                string? nearest = Spelling.Nearest(path, known);
                yield return (key, new("ReferenceMissing", $"The project has no {kind} at '{Printable.Of(path)}'.")
                {
                    Current = Printable.Of(path),
                    Proposed = nearest,
                    Evidence = known.Length == 0 ? null : $"It has {string.Join(", ", known)}.",
                    Remedy = nearest is null ? "Name a file of the project, relative to its folder." : $"Write {nearest}.",
                });
            }
        }
    }
}
