using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>Environment files as text, and what becomes of them.</summary>
internal static class YamlText
{
    public const string Path = "/installations/acode.yaml";

    /// <summary>Two routes, everything else as it is by default: an environment without errors.</summary>
    public const string Smallest = """
        environments:
          production:
            sources:
              primary: { host: db.example.com, database: acode, credential: env:ACODE_PASS }
            storages:
              primary: { bucket: lake, prefix: bronze/ }
            tables:
              - { name: sales }
            airbyte: { url: http://airbyte-server:8001 }
            routes:
              - { source: primary, storage: primary, connection: main }
        """;

    public static EnvironmentFile Judge(string yaml) =>
        EnvironmentFileReader.Judge(Adapters.Files.YamlDocumentReader.Parse(Path, yaml, Adapters.Files.YamlKind.Environment), Path);

    public static Finding[] Errors(string yaml) => [.. Judge(yaml).Findings.Where(f => f.Severity == FindingSeverity.Error)];

    /// <summary>The smallest file with one piece of it replaced; fails when the piece is not there.</summary>
    public static string With(string piece, string replacement) =>
        Smallest.Contains(piece, StringComparison.Ordinal) ? Smallest.Replace(piece, replacement, StringComparison.Ordinal) : throw new ArgumentException(piece);
}
