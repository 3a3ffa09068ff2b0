using AcodeOps.Configuration.Connectors;
using AcodeOps.Configuration.Rules;
using AcodeOps.Documents;

namespace AcodeOps.Configuration;

/// <summary>Holds a project that has been read against all rules.</summary>
internal static class ConfigurationReview
{
    /// <summary>The project with what the rules have found added to its findings.</summary>
    /// <param name="project">The project.</param>
    /// <param name="environment">The environment that it is for.</param>
    /// <param name="specifications">What the server's own connectors say they take; the shipped ones stand in for those that are not there.</param>
    public static ConfigurationProject Judge(ConfigurationProject project, AcodeEnvironment environment, IReadOnlyDictionary<Guid, ConnectorSpecification> specifications)
    {
        List<Finding> findings = [.. project.Findings];
        foreach (ConfiguredResource resource in project.Resources)
        {
            ConnectorSpecification? specification = resource.DefinitionId is { } id ? specifications.GetValueOrDefault(id) ?? ConnectorSpecifications.Find(id) : null;
            RuleContext context = new(project, resource, environment, specification);
            FindingList inFile = new(System.IO.Path.Combine(project.Folder, resource.Path));
            foreach ((string path, Complaint complaint) in RuleCatalog.All.SelectMany(rule => rule.Look(context)))
            {
                inFile.Add(DocumentPath.Nearest(resource.Document, path), path, complaint);
            }

            findings.AddRange(inFile.InOrder);
        }

        return project with { Findings = [.. findings.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)] };
    }
}
