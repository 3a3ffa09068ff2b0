namespace AcodeOps.Adapters.Tests.Files;

/// <summary>What is good as a file and will hurt some day.</summary>
public sealed class DoubtfulEnvironmentTests
{
    [Theory]
    [InlineData("host: db.example.com", "host: db.example.com, tls: off", "TlsOff", 4, 45)]
    [InlineData("host: db.example.com", "certificateAuthority: ca.pem, tls: required", "CertificateAuthorityUnused", 4, 40)]
    [InlineData("host: db.example.com", "administrator: secretsmanager:a", "AdministratorUnused", 4, 33)]
    [InlineData("{ url:", "{ authentication: basic, credential: env:A, url:", "PlainHttp", 9, 63)]
    [InlineData("{ url:", "{ credential: env:A, url:", "CredentialUnused", 9, 28)]
    [InlineData("    storages:", "      backup: { host: DB.example.com, credential: env:B }\n    storages:", "RouteMissing", 12, 7)]
    [InlineData("    storages:", "      backup: { host: db.example.com, port: 3306, credential: env:B }\n    storages:", "SameSource", 5, 15)]
    [InlineData("    tables:", "      audit: { bucket: lake }\n    tables:", "SameStorage", 7, 14)]
    [InlineData("    tables:", "      audit: { bucket: lake, prefix: bronze/audit/ }\n    tables:", "SameStorage", 7, 14)]
    [InlineData("    tables:", "    objectives: { freshnessWarningHours: 30 }\n    tables:", "WarningAfterObjective", 7, 42)]
    [InlineData("    tables:", "    audit: { lock: compliance }\n    tables:", "LegalBasisMissing", 7, 20)]
    [InlineData("x", "x", "BackupSourceMissing", 4, 7)]
    [InlineData("x", "x", "AuditStorageMissing", 6, 7)]
    [InlineData("x", "x", "AlternativeRouteMissing", 11, 7)]
    public void A_doubt_is_a_warning_at_its_place(string piece, string replacement, string rule, int line, int column)
    {
        Finding[] findings = [.. YamlText.Judge(YamlText.With(piece, replacement)).Findings];

        Assert.DoesNotContain(findings, f => f.Severity == FindingSeverity.Error);
        Finding doubt = Assert.Single(findings, f => f.Rule == rule);
        Assert.Equal((FindingSeverity.Warning, line, column), (doubt.Severity, doubt.Line, doubt.Column));
        Assert.NotNull(doubt.Remedy);
    }

    [Theory]
    [InlineData("host: db.example.com", "host: 127.0.0.1, tls: off", "TlsOff")]
    [InlineData("host: db.example.com", "host: localhost, tls: off", "TlsOff")]
    [InlineData("host: db.example.com", "host: '::1', tls: off", "TlsOff")]
    [InlineData("    tables:", "      audit: { bucket: lake, prefix: audit/ }\n    tables:", "SameStorage")]
    [InlineData("host: db.example.com", "administrator: env:ADMIN, partner: false", "AdministratorUnused")]
    [InlineData("http://airbyte-server:8001", "https://airbyte, authentication: basic, credential: env:A", "PlainHttp")]
    public void What_is_safe_is_not_doubted(string piece, string replacement, string rule) =>
        Assert.DoesNotContain(YamlText.Judge(YamlText.With(piece, replacement)).Findings, f => f.Rule == rule || f.Severity == FindingSeverity.Error);
}
