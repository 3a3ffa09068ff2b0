namespace AcodeOps.Adapters.Tests.Files;

/// <summary>A secret in the file is refused wherever it stands, and not repeated by any finding.</summary>
public sealed class SecretInFileTests
{
    private const string Canary = "Canary0f7TheCellar";

    [Theory]
    [InlineData("credential: env:ACODE_PASS", $"credential: {Canary}", 4, 69)]
    [InlineData("credential: env:ACODE_PASS", $"credential: vault:{Canary}", 4, 69)]
    [InlineData("host: db.example.com", $"password: {Canary}", 4, 18)]
    [InlineData("host: db.example.com", $"Pass_Word: {Canary}", 4, 18)]
    [InlineData("host: db.example.com", $"senha: '{Canary}'", 4, 18)]
    [InlineData("host: db.example.com", $"host: 'db;Password={Canary}'", 4, 24)]
    [InlineData("bucket: lake", $"bucket: lake, secretAccessKey: {Canary}", 6, 32)]
    [InlineData("{ name: sales }", $"{{ name: sales, deep: {{ list: [{{ apiToken: {Canary} }}] }} }}", 8, 41)]
    [InlineData("url: http://airbyte-server:8001", $"url: http://airbyte:{Canary}@airbyte-server:8001", 9, 21)]
    [InlineData("environments:", $"x-shared: {{ client_secret: {Canary} }}\nenvironments:", 1, 13)]
    [InlineData("environments:", $"token: [{Canary}]\nenvironments:", 1, 1)]
    public void A_secret_is_found_and_not_repeated(string piece, string replacement, int line, int column)
    {
        Finding[] findings = [.. YamlText.Judge(YamlText.With(piece, replacement)).Findings];

        Finding secret = Assert.Single(findings, f => f.Rule == "LiteralSecret");
        Assert.Equal((FindingSeverity.Error, line, column), (secret.Severity, secret.Line, secret.Column));
        Assert.All(findings, f => Assert.DoesNotContain(Canary, $"{f} {f.Current} {f.Proposed} {f.Evidence} {f.Remedy} {f.Target}", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void An_access_key_id_is_found_in_any_value() =>
        Assert.Contains(YamlText.Errors(YamlText.With("connection: main", $"connection: {"AKIA" + new string('7', 16)}")), f => f.Rule == "LiteralSecret");

    [Theory]
    [InlineData($"password: *{Canary}")]
    [InlineData($"password: !{Canary} x")]
    [InlineData($"password: !{Canary}!x y")]
    [InlineData($"password: \"{Canary}")]
    [InlineData($"password: &{Canary} &b x")]
    [InlineData($"password: %{Canary}\n\t@")]
    public void A_secret_that_breaks_the_yaml_is_not_repeated_either(string yaml)
    {
        AcodeException refused = Assert.Throws<AcodeException>(() => YamlText.Judge(yaml));
        Assert.DoesNotContain(Canary, refused.ToString() + refused.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_named_like_a_secret_and_holds_a_reference_is_merely_unknown() =>
        Assert.Equal("UnknownKey", Assert.Single(YamlText.Errors(YamlText.With("host: db.example.com", "password: env:ACODE_PASS"))).Rule);

    [Fact]
    public void The_endpoint_of_the_secrets_manager_is_no_secret() =>
        Assert.Empty(YamlText.Errors(YamlText.With("    sources:", "    aws: { endpoints: { secretsManager: 'http://127.0.0.1:5000' } }\n    sources:")));
}
