using AcodeOps.Configuration.Connectors;
using AcodeOps.Secrets.Scanning.Judging;
using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning.Rules;

/// <summary>
/// Settings that an Airbyte connector declares secret, in files of Airbyte's: any literal there is a finding, however much it
/// looks like a word.
/// </summary>
internal sealed class ConnectorSecretRule : SecretRule
{
    private const int Near = 16_384;

    private static readonly Lazy<string[]> Declared = new(() =>
    [
        .. new[] { ConnectorSpecifications.MySqlSource, ConnectorSpecifications.S3Destination }
            .SelectMany(id => ConnectorSpecifications.Find(id)!.SecretPaths)
            .Select(path => path[(path.LastIndexOf('.') + 1)..])
            .Where(name => !name.Contains("certificate", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
    ]);

    // What only files of Airbyte's have.
    private static readonly string[] Signs = ["definition_id:", "definition_type:", "DefinitionId\"", "connectionConfiguration", "airbyte/source-", "airbyte/destination-", "tunnel_method:", "s3_bucket_name"];

    public override string Id => "ConnectorSecret";

    public override RuleTrust Trust => RuleTrust.Declared;

    public override string Kind => "A setting that the connector declares secret";

    public override IReadOnlyList<string> Keywords => Declared.Value;

    public override void Look(in Spot spot, MatchList matches)
    {
        // A manifest of Kubernetes or of an application has keys of the same names.
        if (!spot.Traits.IsNested || !Assignment.TryRead(spot, out Assignment assignment) || assignment.Form != AssignmentForm.Colon)
        {
            return;
        }

        ReadOnlySpan<char> name = spot.Text[assignment.NameStart..assignment.NameEnd], value = spot.Text[assignment.ValueStart..assignment.ValueEnd];
        if (name.Length == spot.Length && IsAirbyte(spot) && value.Length > 0 && value[0] is not ('{' or '[' or '|' or '>') && !IsReference(value))
        {
            matches.Add(new SecretMatch(this, assignment.ValueStart, value.Length) { Subject = name.ToString(), Shown = value.StartsWith("AKIA", StringComparison.Ordinal) ? "AKIA" : "" });
        }
    }

    // A word such as "password" is no placeholder here: the connector would log in with it. Templates, references and masks are.
    private static bool IsReference(ReadOnlySpan<char> value) => Placeholders.IsReference(value);

    private static bool IsAirbyte(in Spot spot)
    {
        ReadOnlySpan<char> near = spot.Text[Math.Max(0, spot.At - Near)..Math.Min(spot.Text.Length, spot.At + Near)];
        foreach (string sign in Signs)
        {
            if (near.Contains(sign, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
