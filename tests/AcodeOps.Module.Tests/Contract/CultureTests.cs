using System.Text.RegularExpressions;
using AcodeOps.Lab.Driver;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Contract;

/// <summary>
/// What scripts and other systems read is the same on every machine. Of Portuguese, a number's point is a comma; of Turkish, a small I has a dot; of
/// Thai, it is another year; of Arabic, a minus is followed by a mark that nobody sees.
/// </summary>
public sealed partial class CultureTests : IDisposable
{
    private static readonly string Project = Path.Combine(Repository.Find().Root, "Examples", "airbyte");
    private readonly LonelyEnvironment _environment = new();

    public static TheoryData<string> Commands =>
    [
        "Get-AcodeEnvironment -Path $file | ConvertTo-Json -Depth 6",
        "Test-AcodeEnvironment $file | ConvertTo-Json -Depth 4",
        "New-AcodeEnvironment $folder/new.yaml -Force -Confirm:$false | Get-Content -Raw",
        "Test-AcodeConfiguration $project -Offline -Environment $file | ConvertTo-Json -Depth 4",
        "Find-AcodeSecret $folder/notes.txt | ConvertTo-Json -Depth 4",
        "Find-AcodeSecret $folder/notes.txt | Export-AcodeReport -Path $folder/found.sarif -Force | Get-Content -Raw",
        "Get-AcodeAlertRule -Environment $file | ConvertTo-Json -Depth 4",
        "foreach ($format in 'Datadog', 'Terraform', 'Prometheus') { Export-AcodeAlertRule $folder/rules -Environment $file -Format $format -Force -Confirm:$false | Get-Content -Raw }",
        "foreach ($kind in 'Datadog', 'Grafana') { Export-AcodeDashboard $kind $folder/dashboard -Environment $file -Force -Confirm:$false | Get-Content -Raw }",
        "foreach ($role in 'Viewer', 'Operator', 'Rotator', 'Auditor') { Export-AcodeAccessPolicy $role $folder/policy -Environment $file -Force -Confirm:$false | Get-Content -Raw }",
        "Test-AcodeAlertRule -Environment $file -Outage primary-dies | ConvertTo-Json -Depth 4",
    ];

    public void Dispose() => _environment.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void What_is_read_by_others_is_the_same_in_every_culture(string command)
    {
        File.WriteAllText(Path.Combine(_environment.Folder, "notes.txt"), "aws_access_key_id = AKIAIOSFODNN7NOTEXIS\nDB_PASS=Not-1-of-yours.5\n");
        string expected = Said("en-US", command);
        Assert.NotEmpty(expected.Trim());
        foreach (string culture in (string[])["pt-BR", "tr-TR", "th-TH", "ar-SA"])
        {
            Assert.Equal(expected, Said(culture, command));
        }
    }

    private string Said(string culture, string command)
    {
        using ModuleSession session = new();
        ScriptResult said = session.With("culture", culture).With("file", _environment.File).With("folder", _environment.Folder).With("project", Project).Run($$"""
            [cultureinfo]::CurrentCulture = $culture
            [cultureinfo]::CurrentUICulture = $culture
            {{command}}
            if ([cultureinfo]::CurrentCulture.Name -ne $culture) { throw 'the culture was lost' }
            """);
        return Moments().Replace(string.Join('\n', said.Clean().Select(line => line.BaseObject is string text ? text : throw new InvalidOperationException($"{line}"))), "(now)");
    }

    // When something was looked at differs from one run to the next.
    [GeneratedRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|\\+00:00)\"")]
    private static partial Regex Moments();
}
