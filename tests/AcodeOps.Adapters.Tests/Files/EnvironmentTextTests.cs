using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>What is said about environment files, and where in them: the line and the column are exact.</summary>
public sealed class EnvironmentTextTests
{
    [Fact]
    public void A_small_file_gives_an_environment_with_the_standard_values()
    {
        EnvironmentFile file = YamlText.Judge(YamlText.Smallest);

        Assert.DoesNotContain(file.Findings, f => f.Severity == FindingSeverity.Error);
        AcodeEnvironment production = Assert.Single(file.Environments);
        Assert.Equal("production", production.Name);
        Assert.Equal("production", file.DefaultName);
        Assert.Equal("UTC", production.TimeZone);
        Assert.Equal(25, production.Objectives.FreshnessHours);
        Assert.Equal(2555, production.Audit.RetentionDays);
        Assert.Null(production.Kubernetes);
        Assert.True(production.Sources[0].IsPartners, "a primary is the partner's unless the file says otherwise");
        Assert.Equal(new CredentialReference(CredentialHolder.EnvironmentVariable, "ACODE_PASS"), production.Sources[0].Credential);
        Assert.Equal("primary", production.Routes[0].Name);
        Assert.Equal("idpk", production.Tables[0].Key);
    }
}
