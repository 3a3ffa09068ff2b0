using AcodeOps.Documents;

namespace AcodeOps.Configuration.Rules;

/// <summary>Parameters of the JDBC connection that do not do what they seem to.</summary>
internal sealed class JdbcParametersRule : ConfigurationRule
{
    private const string Key = "jdbc_url_params";

    // The parameter, the value that is meant (null for any), what is wrong with it, what to write.
    private static readonly (string Name, string? Value, string Why, string Proposed)[] Doubtful =
    [
        ("autoReconnect", "true", "a connection that comes back by itself has lost its session's state, and nobody is told", "leave it out"),
        ("useSSL", null, "it verifies nothing, and ssl_mode decides", "leave it out, and set ssl_mode"),
        ("requireSSL", null, "ssl_mode decides", "leave it out, and set ssl_mode"),
        ("verifyServerCertificate", null, "ssl_mode decides", "leave it out, and set ssl_mode"),
        ("zeroDateTimeBehavior", "convertToNull", "that is the old spelling, which the driver refuses", "zeroDateTimeBehavior=CONVERT_TO_NULL"),
        ("zeroDateTimeBehavior", "round", "that is the old spelling, which the driver refuses", "zeroDateTimeBehavior=ROUND"),
        ("allowLoadLocalInfile", "true", "the server may then read files of the connector", "leave it out"),
        ("allowPublicKeyRetrieval", "true", "a server in between can then read the password", "leave it out, and set ssl_mode"),
    ];

    public override IEnumerable<(string Path, Complaint Complaint)> Look(RuleContext context)
    {
        // Imported, they may stand behind a mask: one of them is a secret.
        if (!context.IsMySql || context.Text(Key) is not { } text || text == AirbyteResource.Mask)
        {
            yield break;
        }

        string at = RuleContext.At(Key);
        if (text.Any(char.IsWhiteSpace))
        {
            yield return (at, new("JdbcParametersBroken", "The parameters hold blanks or line ends, which become part of their names and values.") { Remedy = "Write them in one line: name=value&name=value." });
        }

        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string parameter in text.Split('&', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] parts = parameter.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0)
            {
                yield return (at, new("JdbcParametersBroken", "A parameter has no value.") { Current = Printable.Of(parts[0]), Remedy = "Write name=value&name=value." });
                continue;
            }

            if (!names.Add(parts[0]))
            {
                yield return (at, new("JdbcParametersBroken", $"The parameter {Printable.Of(parts[0])} is written twice.") { Remedy = "Keep one of them." });
            }

            foreach ((string name, string? _, string why, string proposed) in Doubtful.Where(d =>
                d.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase) && (d.Value ?? parts[1]) == parts[1]))
            {
                yield return (at, new("JdbcParameterDoubtful", $"{name} does not do what it seems to: {why}.", FindingSeverity.Warning) { Current = name, Proposed = proposed, Remedy = $"{char.ToUpperInvariant(proposed[0])}{proposed[1..]}." });
            }
        }
    }
}
