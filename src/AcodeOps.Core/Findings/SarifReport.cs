using System.Text.Json;
using System.Text.Json.Nodes;

namespace AcodeOps.Findings;

/// <summary>Writes findings as SARIF 2.1.0 (OASIS), for code scanning and for editors.</summary>
public static class SarifReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The document.</summary>
    /// <param name="findings">The findings; none is a document without results, which closes what was open.</param>
    /// <param name="folder">Files below it are named relative to it: the repository's root.</param>
    /// <param name="version">The module's version.</param>
    public static string Write(IReadOnlyCollection<Finding> findings, string folder, string version)
    {
        ArgumentNullException.ThrowIfNull(findings);
        string[] rules = [.. findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal)];
        JsonObject document = new()
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "AcodeOps",
                        ["version"] = version,
                        ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject { ["id"] = rule, ["name"] = rule })]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. findings.Select(finding => Result(finding, folder, Array.IndexOf(rules, finding.Rule)))]),
            }),
        };
        return document.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Result(Finding finding, string folder, int rule)
    {
        JsonObject result = new()
        {
            ["ruleId"] = finding.Rule,
            ["ruleIndex"] = rule,
            ["level"] = finding.Severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "note" },
            ["message"] = new JsonObject { ["text"] = FindingText.Whole(finding) },
        };
        JsonObject location = new() { ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = finding.Target }) };
        if (finding.File is { } file)
        {
            JsonObject place = new() { ["artifactLocation"] = new JsonObject { ["uri"] = Uri(FindingText.Relative(file, folder)) } };
            if (finding.Line is { } line)
            {
                place["region"] = new JsonObject { ["startLine"] = line, ["startColumn"] = finding.Column ?? 1 };
            }

            location["physicalLocation"] = place;
        }

        result["locations"] = new JsonArray(location);
        if (finding.Fingerprint is { } fingerprint)
        {
            result["partialFingerprints"] = new JsonObject { ["acode/v1"] = fingerprint };
        }

        return result;
    }

    private static string Uri(string path) => System.IO.Path.IsPathRooted(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
