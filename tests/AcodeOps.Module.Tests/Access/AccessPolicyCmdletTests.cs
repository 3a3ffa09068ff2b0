using System.Text.Json.Nodes;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Access;

/// <summary>Export-AcodeAccessPolicy without any server: what it writes, and where.</summary>
public sealed class AccessPolicyCmdletTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly ModuleSession _session = new();
    private readonly string _folder;

    public AccessPolicyCmdletTests()
    {
        string text = File.ReadAllText(_environment.File).Replace("env:ACODE_TEST_NONE", "secretsmanager:acode/mysql/Primary", StringComparison.Ordinal);
        File.WriteAllText(_environment.File, $"{text.TrimEnd()}\n    kubernetes: {{ namespace: lake }}\n");
        _folder = Directory.CreateDirectory(Path.Combine(_environment.Folder, "iam")).FullName;
        _session.With("file", _environment.File).With("folder", _folder);
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public void Without_a_format_each_role_has_an_IAM_policy()
    {
        ScriptResult result = _session.Run("Export-AcodeAccessPolicy -Environment $file");
        Assert.Equal(4, result.Clean().Count);
        Assert.All(result.Output, policy => Assert.Equal("2012-10-17", (string)JsonNode.Parse($"{policy}")!["Version"]!));
        Assert.Contains(result.Warnings, warning => warning.StartsWith("The account is not known", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Iam", "\"arn:aws:secretsmanager:us-east-2:*:secret:acode/mysql/Primary-??????\"")]
    [InlineData("Kubernetes", "kind: RoleBinding|name: acode-viewers|namespace: lake|resources:|pods|list")]
    [InlineData("ExternalSecret", "apiVersion: external-secrets.io/v1\n|kind: SecretStore|kind: ExternalSecret|serviceAccountRef:|key: acode/mysql/Primary|name: acode-mysql-primary|eks.amazonaws.com/role-arn: ")]
    [InlineData("MySql", "GRANT SELECT ON `acode`.* TO 'reader'@'%';|secret secretsmanager:acode/mysql/Primary: the partner's")]
    public void Each_format_names_what_a_viewer_needs(string format, string expected)
    {
        string text = $"{_session.Run($"Export-AcodeAccessPolicy Viewer -Format {format} -Environment $file").Only}";
        Assert.All(expected.Split('|'), part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("Delete", text.Replace("NeverDelete", "", StringComparison.Ordinal).Split("\"Deny\"")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kubernetes")]
    [InlineData("MySql")]
    public void Of_what_a_role_does_not_need_nothing_is_written(string format) =>
        Assert.Empty(_session.Run($"Export-AcodeAccessPolicy Auditor -Format {format} -Environment $file -Path $folder").Clean());

    [Fact]
    public void A_folder_gets_a_file_for_each_role_and_none_is_replaced_by_chance()
    {
        Assert.Empty(_session.Run("Export-AcodeAccessPolicy -Environment $file -Path $folder -WhatIf").Clean());
        Assert.Empty(Directory.GetFiles(_folder));
        string[] names = ["acode-auditor.iam.json", "acode-operator.iam.json", "acode-rotator.iam.json", "acode-viewer.iam.json"];
        Assert.Equal(names, _session.Run("Export-AcodeAccessPolicy -Environment $file -Path $folder").Clean().Select(o => ((FileInfo)o.BaseObject).Name).Order(StringComparer.Ordinal));
        Assert.Equal(names, Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            $"{_session.Run("Export-AcodeAccessPolicy Viewer -Environment $file").Only}", File.ReadAllText(Path.Combine(_folder, names[3])));

        File.WriteAllText(Path.Combine(_folder, names[3]), "mine");
        ScriptResult again = _session.Run("Export-AcodeAccessPolicy Viewer -Environment $file -Path $folder");
        Assert.Equal("ReportExists", (again.Failure ?? Assert.Single(again.Errors)).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, names[3])));
        _session.Run("Export-AcodeAccessPolicy Viewer -Environment $file -Path $folder -Force").Clean();
        Assert.StartsWith("{", File.ReadAllText(Path.Combine(_folder, names[3])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_document_goes_into_the_file_that_is_named()
    {
        Assert.Equal("mine.yaml", ((FileInfo)_session.Run("Export-AcodeAccessPolicy Viewer -Format ExternalSecret -Environment $file -Path $folder/mine.yaml").Only.BaseObject).Name);
        Assert.Equal(["mine.yaml"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }
}
