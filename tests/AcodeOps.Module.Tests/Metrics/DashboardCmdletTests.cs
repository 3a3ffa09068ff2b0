using System.Text.Json.Nodes;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Metrics;

/// <summary>Export-AcodeDashboard without any server: what it writes, and where.</summary>
public sealed class DashboardCmdletTests : IDisposable
{
    private readonly LonelyEnvironment _environment = new();
    private readonly ModuleSession _session = new();
    private readonly string _folder;

    public DashboardCmdletTests()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_environment.Folder, "dashboards")).FullName;
        _session.With("file", _environment.File).With("folder", _folder);
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Theory]
    [InlineData("Grafana", "panels")]
    [InlineData("Datadog", "widgets")]
    public void A_dashboard_is_text_or_a_file_and_none_is_replaced_by_chance(string kind, string part)
    {
        string text = $"{_session.Run($"Export-AcodeDashboard {kind} -Environment $file").Only}";
        Assert.NotEmpty(JsonNode.Parse(text)![part]!.AsArray());
        Assert.Empty(_session.Run($"Export-AcodeDashboard {kind} $folder -Environment $file -WhatIf").Clean());
        Assert.Empty(Directory.GetFiles(_folder));

        FileInfo file = Assert.IsType<FileInfo>(_session.Run($"Export-AcodeDashboard {kind} $folder -Environment $file").Only.BaseObject);
        Assert.Equal(($"acode-{kind.ToLowerInvariant()}.json", text), (file.Name, File.ReadAllText(file.FullName)));
        File.WriteAllText(file.FullName, "mine");
        ScriptResult again = _session.Run($"Export-AcodeDashboard {kind} $folder -Environment $file");
        Assert.Equal("ReportExists", (again.Failure ?? Assert.Single(again.Errors)).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("mine", File.ReadAllText(file.FullName));
        _session.Run($"Export-AcodeDashboard {kind} $folder -Environment $file -Force").Clean();
        Assert.Equal(text, File.ReadAllText(file.FullName));
    }
}
