using AcodeOps.Environments;

namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The file that New-AcodeEnvironment writes.</summary>
public sealed class EnvironmentTemplateTests
{
    private static readonly EnvironmentFile File = YamlText.Judge(EnvironmentTemplateText.Template);

    [Fact]
    public void The_template_is_good_and_says_only_what_is_true_of_the_installation()
    {
        Assert.Equal("production", File.Choose().Name);
        Assert.Equal(
            ["Warning RouteMissing", "Warning RouteMissing"],
            File.Findings.Select(f => $"{f.Severity} {f.Rule}"));
    }

    [Fact]
    public void The_template_holds_the_installation_of_the_guide()
    {
        AcodeEnvironment production = File.Choose();
        Assert.Equal("America/Sao_Paulo", production.TimeZone);
        Assert.Equal(["farmarcas_si_analitico_diario", "farmarcas_si_analitico_diario_produtos", "farmarcas_si_analitico_diario_complemento"], production.Tables.Select(t => t.Name));
        Assert.Equal(17, production.Tables[0].Columns.Count);
        Assert.Equal(["connection_mysql_s3_acode", "connection_mysql_s3_acode_backup"], production.Routes.Select(r => r.Connection));
        Assert.Equal(["primary", "backup_mysql+backup_s3"], production.Routes.Select(r => r.Name));
        Assert.All(production.Routes, r => Assert.Equal(RouteDefinition.NameOf(r.Source, r.Storage), r.Name));
        Assert.Equal(Enum.GetValues<StorageRole>(), production.Storages.Select(s => s.Role));
        Assert.Equal(new Objectives(), production.Objectives);
        Assert.False(production.FindSource(SourceRole.Backup)!.IsPartners);
        Assert.Equal("Primary storage s3://farmarcas-production-bronze/origin=airbyte/database=bronze_acode/", production.FindStorage(StorageRole.Primary)!.ToString());
    }

    [Fact]
    public void What_is_commented_out_in_the_template_is_right_too()
    {
        string all = string.Join('\n', EnvironmentTemplateText.Template.Split('\n').Select(UncommentKey));

        EnvironmentFile file = YamlText.Judge(all);

        Assert.DoesNotContain(file.Findings, f => f.Severity == FindingSeverity.Error);
        Assert.Equal(new CredentialReference(CredentialHolder.Profile, "farmarcas"), file.Choose().Aws.Credential);
        Assert.NotNull(file.Choose().Kubernetes!.Selector);
        Assert.NotNull(file.Choose().Audit.LegalBasis);
        Assert.Equal(["gtin", "range", "weekday", "cst"], file.Choose().Quality.Select(rule => rule.Check));
    }

    // "      # key: value" within the environments, also as an item of a list; prose begins with a capital or has no colon after its first word.
    private static string UncommentKey(string line)
    {
        string text = line.TrimStart();
        int indent = line.Length - text.Length;
        return indent > 0 && text.StartsWith("# ", StringComparison.Ordinal) && text[2..].TrimStart().TrimStart('-').TrimStart(' ', '{').Split(' ')[0] is [>= 'a' and <= 'z', .., ':']
            ? line.Remove(indent, 2)
            : line;
    }
}
