using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>What is said about environment files, and where in them: the line and the column are exact.</summary>
public sealed class EnvironmentTextTests
{
    // Each line: what is written instead of a piece of the smallest file, and the one error that is said about it.
    public static TheoryData<string, string, string, string, int, int> Faults => new()
    {
        { "credential: env:ACODE_PASS", "credental: env:ACODE_PASS", "MissingKey", "environments.production.sources.primary.credential", 4, 16 },
        { "database: acode", "databse: acode", "UnknownKey", "environments.production.sources.primary.databse", 4, 40 },
        { "database: acode", "{}: acode", "UnknownKey", "", 0, 0 },
        { "host: db.example.com", "port: 70000", "InvalidValue", "environments.production.sources.primary.port", 4, 24 },
        { "host: db.example.com", "port: '3306'", "InvalidValue", "environments.production.sources.primary.port", 4, 24 },
        { "host: db.example.com", "port: 3306.5", "InvalidValue", "environments.production.sources.primary.port", 4, 24 },
        { "host: db.example.com", "port: [3306]", "WrongType", "environments.production.sources.primary.port", 4, 24 },
        { "host: db.example.com", "host: mysql://db", "InvalidValue", "environments.production.sources.primary.host", 4, 24 },
        { "host: db.example.com", "tls: sometimes", "InvalidValue", "environments.production.sources.primary.tls", 4, 23 },
        { "host: db.example.com", "partner: yes", "InvalidValue", "environments.production.sources.primary.partner", 4, 27 },
        { "host: db.example.com", "user: a, user: b", "DuplicateKey", "environments.production.sources.primary.user", 4, 27 },
        { "env:ACODE_PASS", "profile:me", "InvalidValue", "environments.production.sources.primary.credential", 4, 69 },
        { "env:ACODE_PASS", "'env:'", "InvalidValue", "environments.production.sources.primary.credential", 4, 69 },
        { "env:ACODE_PASS", "env:A-B", "InvalidValue", "environments.production.sources.primary.credential", 4, 69 },
        { "bucket: lake, ", "", "MissingKey", "environments.production.storages.primary.bucket", 6, 16 },
        { "bucket: lake", "bucket: Lake", "InvalidValue", "environments.production.storages.primary.bucket", 6, 26 },
        { "prefix: bronze/", "prefix: /bronze", "InvalidValue", "environments.production.storages.primary.prefix", 6, 40 },
        { "{ name: sales }", "sales", "WrongType", "environments.production.tables[0]", 8, 9 },
        { "{ name: sales }", "{ name: sales, columns: Data }", "WrongType", "environments.production.tables[0].columns", 8, 33 },
        { "{ name: sales }", "{ name: sales, columns: [a b] }", "InvalidValue", "environments.production.tables[0].columns[0]", 8, 34 },
        { "- { name: sales }", "[]", "MissingKey", "environments.production.tables", 8, 7 },
        { "      - { name: sales }\n", "", "MissingKey", "environments.production.tables", 7, 5 },
        { "{ name: sales }", "{ name: sales }\n      - { name: Sales }", "DuplicateName", "environments.production.tables[1].name", 9, 17 },
        { "http://airbyte-server:8001", "airbyte-server", "InvalidValue", "environments.production.airbyte.url", 9, 21 },
        { "http://airbyte-server:8001", "ftp://airbyte-server", "InvalidValue", "environments.production.airbyte.url", 9, 21 },
        { "url: http", "workspace: 1234, url: http", "InvalidValue", "environments.production.airbyte.workspace", 9, 27 },
        { "url: http", "authentication: basic, url: http", "MissingKey", "environments.production.airbyte.credential", 9, 14 },
        { "source: primary, storage", "source: backup, storage", "UndefinedRole", "environments.production.routes[0].source", 11, 19 },
        { "storage: primary", "storage: audit", "InvalidValue", "environments.production.routes[0].storage", 11, 37 },
        { "connection: main", "conection: main, connection: main", "UnknownKey", "environments.production.routes[0].conection", 11, 46 },
        { "connection: main }", "connection: main, syncMinutes: -1 }", "InvalidValue", "environments.production.routes[0].syncMinutes", 11, 77 },
        { "    sources:", "    timeZone: America/Sao_Paolo\n    sources:", "UnknownTimeZone", "environments.production.timeZone", 3, 15 },
        { "    sources:", "    objectives: { nullPercent: 101 }\n    sources:", "InvalidValue", "environments.production.objectives.nullPercent", 3, 32 },
        { "    sources:", "    audit: { retentionDays: 0 }\n    sources:", "InvalidValue", "environments.production.audit.retentionDays", 3, 29 },
        { "    sources:", "    audit: { lock: Compliance }\n    sources:", "InvalidValue", "environments.production.audit.lock", 3, 20 },
        { "    sources:", "    datadog: { apiKey: env:A, applicationKey: env:A }\n    sources:", "DuplicateCredential", "environments.production.datadog.applicationKey", 3, 47 },
        { "    sources:", "    datadog: { apiKey: env:A, applicationKey: env:B, notify: [ana] }\n    sources:", "InvalidValue", "environments.production.datadog.notify[0]", 3, 63 },
        { "bucket: lake", "inventory: { bucket: b }, bucket: lake", "MissingKey", "environments.production.storages.primary.inventory.name", 6, 29 },
        { "environments:", "default: staging\nenvironments:", "UnknownDefault", "default", 1, 10 },
        { "environments:", "defualt: production\nenvironments:", "UnknownKey", "defualt", 1, 1 },
        { "  production:", "  pro.duction:", "InvalidValue", "environments.pro.duction", 2, 3 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_at_its_place(string piece, string replacement, string rule, string target, int line, int column)
    {
        if (line == 0)
        {
            AcodeException refused = Assert.Throws<AcodeException>(() => YamlText.Judge(YamlText.With(piece, replacement)));
            Assert.Equal("EnvironmentFileInvalid", refused.Id);
            return;
        }

        Finding[] errors = YamlText.Errors(YamlText.With(piece, replacement));

        Finding error = Assert.Single(errors, f => f.Target == target);
        Assert.Equal((rule, YamlText.Path, line, column), (error.Rule, error.File, error.Line, error.Column));
        Assert.False(string.IsNullOrEmpty(error.Message));
    }

    [Fact]
    public void A_small_file_gives_an_environment_with_the_standard_values()
    {
        EnvironmentFile file = YamlText.Judge(YamlText.Smallest);

        Assert.DoesNotContain(file.Findings, f => f.Severity == FindingSeverity.Error);
        AcodeEnvironment production = Assert.Single(file.Environments);
        Assert.Equal("production", production.Name);
        Assert.Equal("production", file.DefaultName);
        Assert.Equal("UTC", production.TimeZone);
        Assert.Equal(new Objectives(), production.Objectives);
        Assert.Equal(new AuditDefinition(), production.Audit);
        Assert.Null(production.Kubernetes);
        Assert.True(production.Sources[0].IsPartners, "a primary is the partner's unless the file says otherwise");
        Assert.Equal(new CredentialReference(CredentialHolder.EnvironmentVariable, "ACODE_PASS"), production.Sources[0].Credential);
        Assert.Equal("primary", production.Routes[0].Name);
        Assert.Equal("idpk", production.Tables[0].Key);
    }

    [Theory]
    [InlineData("conection", "connection")]
    [InlineData("sync_minutes", "syncMinutes")]
    [InlineData("SyncMinutes", "syncMinutes")]
    [InlineData("nmae", "name")]
    [InlineData("colour", null)]
    public void A_misspelt_key_is_answered_with_the_one_that_was_meant(string written, string? meant)
    {
        Finding error = Assert.Single(
            YamlText.Errors(YamlText.With("{ source: primary, storage: primary, connection", $"{{ {written}: 5, source: primary, storage: primary, {(meant == "connection" ? "c" : "connection")}")),
            f => f.Rule == "UnknownKey" && f.Current == written);
        Assert.Equal(meant, error.Proposed);
        Assert.Equal("Known here: source, storage, name, connection, syncMinutes.", error.Evidence);
    }

    [Fact]
    public void A_wrong_word_is_answered_with_the_words_allowed()
    {
        Finding error = Assert.Single(YamlText.Errors(YamlText.With("host: db.example.com", "tls: require")));
        Assert.Contains("one of automatic, verify, required, off", error.Message, StringComparison.Ordinal);
        Assert.Equal("require", error.Current);
        Assert.Equal("required", error.Proposed);
    }

    [Fact]
    public void Two_routes_with_the_same_ends_names_or_connections_are_refused()
    {
        Finding[] errors = YamlText.Errors(YamlText.Smallest + "\n      - { source: primary, storage: primary, connection: main }");
        Assert.Equal(
            ["DuplicateConnection", "DuplicateName", "DuplicateRoute"],
            errors.Select(e => e.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_environment_with_errors_is_kept_back_and_the_others_are_not()
    {
        string second = YamlText.Smallest.Replace("environments:\n", "", StringComparison.Ordinal).Replace("production", "staging", StringComparison.Ordinal);
        EnvironmentFile file = YamlText.Judge(YamlText.Smallest + "\n" + second.Replace("host: db.example.com", "port: x", StringComparison.Ordinal));

        Assert.Equal(["production", "staging"], file.Names);
        Assert.Equal(["production"], file.Environments.Select(e => e.Name));
        Assert.Null(file.DefaultName);
        AcodeException invalid = Assert.Throws<AcodeException>(() => file.Choose("staging"));
        Assert.Equal("EnvironmentInvalid", invalid.Id);
        Assert.Contains("environments.staging.sources.primary.port", invalid.Message, StringComparison.Ordinal);
        Assert.Equal("EnvironmentNotGiven", Assert.Throws<AcodeException>(() => file.Choose()).Id);
        AcodeException notFound = Assert.Throws<AcodeException>(() => file.Choose("test"));
        Assert.Equal("EnvironmentNotFound", notFound.Id);
        Assert.Contains("production, staging", notFound.Message, StringComparison.Ordinal);
        Assert.Equal("production", file.Choose("production").Name);
    }

    [Fact]
    public void Environments_share_parts_by_anchors_and_merge_keys()
    {
        const string yaml = """
            x-lab: &storages
              primary: { bucket: lake }
            environments:
              one: &one
                sources: { primary: { host: one.example.com, credential: env:A } }
                storages: *storages
                tables: [{ name: sales }]
                airbyte: { url: "http://127.0.0.1:1" }
                routes: [{ source: primary, storage: primary, connection: main }]
              two:
                <<: *one
                sources: { primary: { host: two.example.com, credential: env:B } }
            """;
        EnvironmentFile file = YamlText.Judge(yaml);

        Assert.DoesNotContain(file.Findings, f => f.Severity == FindingSeverity.Error);
        Assert.Equal(["one.example.com", "two.example.com"], file.Environments.Select(e => e.Sources[0].Host));
        Assert.All(file.Environments, e => Assert.Equal("lake", e.Storages[0].Bucket));
    }

    [Fact]
    public void Who_may_change_accounts_is_a_reference_and_never_a_password()
    {
        Assert.Null(YamlText.Judge(YamlText.With("x", "x")).Choose().Sources[0].Administrator);
        Assert.Equal("secretsmanager:acode/admin", $"{YamlText.Judge(YamlText.With("host: db.example.com", "administrator: secretsmanager:acode/admin")).Choose().Sources[0].Administrator}");
        Finding refused = Assert.Single(YamlText.Judge(YamlText.With("host: db.example.com", "administrator: hunter2hunter2")).Findings, f => f.Severity == FindingSeverity.Error);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_named_in_the_file_are_beside_it()
    {
        AcodeEnvironment environment = YamlText.Judge(YamlText.With("host: db.example.com", "certificateAuthority: ca/partner.pem")).Choose();
        Assert.Equal(Path.Combine("/installations", "ca/partner.pem"), environment.Sources[0].CertificateAuthority);
    }
}
