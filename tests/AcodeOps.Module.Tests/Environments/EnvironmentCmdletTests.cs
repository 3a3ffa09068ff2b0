using System.Management.Automation;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Environments;

/// <summary>The environment cmdlets in a session whose location is a folder of its own.</summary>
public sealed class EnvironmentCmdletTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-environment-").FullName;
    private readonly ModuleSession _session = new();

    public EnvironmentCmdletTests() => _session.With("folder", _folder).Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();

    private string File => Path.Combine(_folder, "acode.yaml");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_new_file_is_good_names_its_schema_and_is_not_replaced_by_chance()
    {
        Assert.Empty(_session.Run("New-AcodeEnvironment -WhatIf").Clean());
        Assert.False(System.IO.File.Exists(File));

        var written = (FileInfo)_session.Run("New-AcodeEnvironment").Only.BaseObject;
        Assert.Equal(File, written.FullName);
        string schema = new Uri(System.IO.File.ReadLines(File).First().Split("$schema=")[1]).LocalPath;
        Assert.True(System.IO.File.Exists(schema), schema);
        Assert.True((bool)_session.Run("Test-AcodeEnvironment -Quiet").Only.BaseObject);

        System.IO.File.WriteAllText(File, "mine");
        Assert.Equal("EnvironmentFileExists", FailureId("New-AcodeEnvironment"));
        Assert.Equal("EnvironmentFileExists", FailureId("New-AcodeEnvironment -WhatIf"));
        _session.Run("New-AcodeEnvironment -Force -WhatIf").Clean();
        Assert.Equal("mine", System.IO.File.ReadAllText(File));
        _session.Run("New-AcodeEnvironment -Force").Clean();
        Assert.NotEqual("mine", System.IO.File.ReadAllText(File));
        Assert.Equal("EnvironmentFileUnwritable", FailureId("New-AcodeEnvironment -Path ./none/acode.yaml"));
    }

    [Fact]
    public void A_faulty_file_gives_findings_and_the_others_are_tested_all_the_same()
    {
        _session.Run("New-AcodeEnvironment").Clean();
        System.IO.File.WriteAllText(Path.Combine(_folder, "bad.yaml"), "environments:\n  production:\n    sorces: {}\n");
        System.IO.File.WriteAllText(Path.Combine(_folder, "broken.yaml"), "a: [");

        IReadOnlyList<PSObject> findings = _session.Run("Test-AcodeEnvironment bad.yaml | Where-Object Rule -eq UnknownKey").Clean();
        PSObject finding = Assert.Single(findings);
        Assert.Equal((3, 5, "sources"), (finding.Properties["Line"].Value, finding.Properties["Column"].Value, finding.Properties["Proposed"].Value));
        Assert.Equal(
            ["EnvironmentFileInvalid"],
            _session.Run("(Test-AcodeEnvironment broken.yaml).Rule").Clean().Select(o => $"{o}"));
        Assert.Equal(
            [false, true, false],
            _session.Run("'bad.yaml', 'acode.yaml', 'broken.yaml' | Test-AcodeEnvironment -Quiet").Clean().Select(o => (bool)o.BaseObject));
        Assert.Equal("EnvironmentFileNotFound", FailureId("Test-AcodeEnvironment none.yaml -Quiet"));
    }

    [Fact]
    public void An_environment_is_connected_marked_replaced_and_disconnected()
    {
        TwoEnvironments();
        Assert.Equal("production", $"{_session.Run("(Connect-AcodeEnvironment).Name").Only}");
        Assert.Equal("production", Connected());
        _session.Run("Get-AcodeEnvironment stag* | Connect-AcodeEnvironment").Clean();
        Assert.Equal("staging", Connected());

        // A command without -Environment means the connected one, wherever the session is.
        _session.Run("$ExecutionContext.SessionState.Path.SetLocation([System.IO.Path]::GetTempPath())").Clean();
        Assert.Equal("staging", $"{_session.Run("(Get-AcodeEnvironment).Name").Only}");
        _session.Run("Disconnect-AcodeEnvironment; Disconnect-AcodeEnvironment; $ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();
        Assert.Equal("", Connected());
    }

    [Fact]
    public void Removing_the_module_disconnects()
    {
        TwoEnvironments();
        _session.With("manifest", PackedModule.Manifest).Run("$null = Connect-AcodeEnvironment; Remove-Module AcodeOps; Import-Module $manifest").Clean();
        Assert.Equal("", Connected());
    }

    [Theory]
    [InlineData("./acode.yaml", "production")]
    [InlineData("acode.yaml#staging", "staging")]
    [InlineData("staging", "staging")]
    [InlineData("$folder/acode.yaml#staging", "staging")]
    public void An_environment_is_found_by_name_by_path_and_by_both(string argument, string name)
    {
        TwoEnvironments();
        Assert.Equal(name, $"{_session.Run($"(Connect-AcodeEnvironment \"{argument}\").Name").Only}");
    }

    [Theory]
    [InlineData("Connect-AcodeEnvironment test", "EnvironmentNotFound")]
    [InlineData("Connect-AcodeEnvironment none.yaml", "EnvironmentFileNotFound")]
    [InlineData("Connect-AcodeEnvironment nodrive:/acode.yaml", "EnvironmentFileNotFound")]
    [InlineData("Connect-AcodeEnvironment faulty", "EnvironmentInvalid")]
    [InlineData("Get-AcodeEnvironment faulty -ErrorAction Stop", "EnvironmentInvalid")]
    [InlineData("Get-AcodeEnvironment test -ErrorAction Stop", "EnvironmentNotFound")]
    public void What_cannot_be_found_has_an_error_id_of_its_own(string command, string id)
    {
        TwoEnvironments();
        System.IO.File.AppendAllText(File, "\n  faulty: { nothing: 1 }\n");
        Assert.Equal(id, FailureId(command));
    }

    [Fact]
    public void One_faulty_environment_does_not_hide_the_others()
    {
        TwoEnvironments();
        System.IO.File.AppendAllText(File, "\n  faulty: { nothing: 1 }\n");
        ScriptResult result = _session.Run("Get-AcodeEnvironment");
        Assert.Equal(["production", "staging"], result.Output.Select(o => $"{o.Properties["Name"].Value}"));
        Assert.StartsWith("EnvironmentInvalid,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_a_connection_or_a_name_the_error_says_what_to_do()
    {
        ErrorRecord failure = Failure("Connect-AcodeEnvironment");
        Assert.StartsWith("EnvironmentNotGiven,", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("New-AcodeEnvironment", failure.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_completed_from_the_file_at_hand()
    {
        TwoEnvironments();
        IReadOnlyList<PSObject> words = _session.Run("""
            ([System.Management.Automation.CommandCompletion]::CompleteInput('Connect-AcodeEnvironment s', 26, $null)).CompletionMatches.CompletionText
            """).Clean();
        Assert.Equal(["staging"], words.Select(w => $"{w}"));
    }

    [Theory]
    [InlineData("Compare-AcodeData s", "sales stock")]
    [InlineData("Test-AcodeDataQuality -Table 'SA", "sales")]
    [InlineData("Get-AcodeSync m", "main")]
    [InlineData("Get-AcodeRoute o", "'o''clock'")]
    [InlineData("Invoke-AcodeFailover -To p", "primary")]
    [InlineData("Send-AcodeNotification -Channel ", "on-call")]
    [InlineData("Resume-AcodeRunbook ", "01KB0000000000000000000002 01KB0000000000000000000001")]
    public void Names_of_the_connected_environment_are_completed_and_nothing_is_asked(string typed, string offered)
    {
        string body = """
            environments:
              production:
                sources: { primary: { host: 127.0.0.1, credential: env:NONE } }
                storages: { primary: { bucket: lake }, backup: { bucket: spare } }
                tables: [{ name: sales }, { name: stock }]
                airbyte: { url: "http://127.0.0.1:1" }
                routes: [{ source: primary, storage: primary, connection: main }, { name: "o'clock", source: primary, storage: backup, connection: other }]
                notifications: { on-call: { kind: webhook, credential: env:NONE } }
                audit: { spoolFolder: spool }
            """;
        System.IO.File.WriteAllText(File, body);
        string journals = Path.Combine(_folder, "journals", "production");
        Directory.CreateDirectory(journals);
        foreach (string run in (string[])["01KB0000000000000000000001", "01KB0000000000000000000002"])
        {
            System.IO.File.WriteAllText(Path.Combine(journals, run + ".jsonl"), "");
        }

        _session.Run("Connect-AcodeEnvironment | Out-Null").Clean();
        IReadOnlyList<PSObject> words = _session.With("typed", typed).Run("""
            ([System.Management.Automation.CommandCompletion]::CompleteInput($typed, $typed.Length, $null)).CompletionMatches.CompletionText
            """).Clean();
        Assert.Equal(offered, string.Join(' ', words));
    }

    [Fact]
    public async Task The_variable_names_the_environment_where_a_command_does_not()
    {
        TwoEnvironments();
        (int code, string[] output, string errors) = await HostProcess.RunAsync(
            $"Import-Module '{PackedModule.Manifest}'; $env:ACODE_ENVIRONMENT = '{File}#staging'; (Connect-AcodeEnvironment).Name; @(Get-AcodeEnvironment).Count");
        Assert.Equal((0, "staging 2", ""), (code, string.Join(' ', output), errors));
    }

    private string Connected() => string.Join(' ', _session.Run("(Get-AcodeEnvironment | Where-Object IsConnected).Name").Clean());

    private string FailureId(string command) => Failure(command).FullyQualifiedErrorId.Split(',')[0];

    // Caught by the script itself: the error ends the command, and not only this runspace's invocation.
    private ErrorRecord Failure(string command) => Assert.IsType<ErrorRecord>(_session.Run($"try {{ {command} }} catch {{ $_ }}").Only.BaseObject);

    private void TwoEnvironments()
    {
        const string body = """
            : { sources: { primary: { host: 127.0.0.1, credential: env:NONE } }, storages: { primary: { bucket: lake } }, tables: [{ name: sales }],
                airbyte: { url: "http://127.0.0.1:1" }, routes: [{ source: primary, storage: primary, connection: main }] }
            """;
        System.IO.File.WriteAllText(File, $"default: production\nenvironments:\n  production{body}\n  staging{body}\n");
    }
}
