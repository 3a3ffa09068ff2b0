using System.Diagnostics;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Secrets;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>Find-AcodeSecret over files, folders and a real history: what it shows, what it leaves out, what it is told to leave alone.</summary>
public sealed class FindSecretTests : IDisposable
{
    private const string Password = "Farmacia2024";
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-secrets-").FullName;
    private readonly ModuleSession _session = new();
    private readonly SecretMaker _maker = new(20_261_126);

    public FindSecretTests() => _session.With("folder", _folder).Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").Clean();

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Findings_have_their_place_and_not_the_secret()
    {
        string token = _maker.Make("ghp");
        Write("app/db.env", $"DB_USER=app\nDB_PASSWORD={Password}\n");
        Write("app/ci.yaml", $"steps:\n  - run: deploy {token}\n");

        IReadOnlyList<PSObject> findings = _session.Run("Find-AcodeSecret").Clean();

        Assert.Equal(["GitHubToken ci.yaml 2 17 ghp_…", "NamedSecret db.env 2 13 …"], findings.Select(one => $"{Text(one, "Rule")} {Path.GetFileName(Text(one, "File"))} {Text(one, "Line")} {Text(one, "Column")} {Text(one, "Current")}"));
        Assert.All(findings, one => Assert.Matches("^[0-9a-f]{16}$", Text(one, "Fingerprint")));
        string shown = string.Concat(_session.Run("Find-AcodeSecret -Verbose *>&1 | Out-String -Width 200; Find-AcodeSecret | Format-List * | Out-String; Find-AcodeSecret | ConvertTo-Json").Clean());
        Assert.Matches(@"Error +NamedSecret +app/db.env\(2,13\)|Error +NamedSecret +db.env\(2,13\)", shown);
        Assert.DoesNotContain(Password, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(token[4..], shown, StringComparison.Ordinal);

        // Moved by a line, or with another password in its place, it is the same finding.
        string before = Text(findings[1], "Fingerprint");
        Write("app/db.env", "# moved\nDB_USER=app\nDB_PASSWORD=Outra2025\n");
        Assert.Equal(before, Text(_session.Run("Find-AcodeSecret | Where-Object Rule -eq NamedSecret").Only, "Fingerprint"));
    }

    [Fact]
    public void Paths_come_by_name_by_wildcard_and_through_the_pipeline()
    {
        Write("a.env", $"DB_PASSWORD={Password}\n");
        Write("b.env", $"DB_PASSWORD={Password}\n");
        Write("[c].env", $"DB_PASSWORD={Password}\n");
        string[] commands = ["Find-AcodeSecret *.env", "Find-AcodeSecret a.env, b.env, [c].env", "'a.env', 'b.env', '[c].env' | Find-AcodeSecret", "[IO.DirectoryInfo]::new($folder).GetFiles() | Find-AcodeSecret"];
        Assert.All(commands, command => Assert.Equal(3, _session.Run(command).Clean().Count));
        Assert.Equal("ScanPathMissing", Assert.Single(_session.Run("Find-AcodeSecret none.env").Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void Quiet_answers_and_is_never_true_where_something_was_not_read()
    {
        Write("good.env", "DB_PASSWORD=${DB_PASSWORD}\n");
        Assert.True((bool)_session.Run("Find-AcodeSecret -Quiet").Only.BaseObject);
        ScriptResult missing = _session.Run("Find-AcodeSecret none, good.env -Quiet");
        Assert.False((bool)missing.Only.BaseObject);
        Assert.Single(missing.Errors);
        Write("bad.env", $"DB_PASSWORD={Password}\n");
        Assert.False((bool)_session.Run("Find-AcodeSecret -Quiet").Only.BaseObject);
    }

    [Fact]
    public void What_is_left_out_is_told_and_links_lead_nowhere()
    {
        Write("text.env", $"DB_PASSWORD={Password}\n");
        Write("node_modules/x/key.env", $"DB_PASSWORD={Password}\n");
        Write(".gitignore", "secret.env\n");
        Write("secret.env", $"DB_PASSWORD={Password}x\n");
        File.WriteAllBytes(Path.Combine(_folder, "image.bin"), [0, 1, 2, 3, 0, 0]);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);

        ScriptResult result = _session.Run("Find-AcodeSecret -Verbose");

        // What git ignores is where secrets lie.
        Assert.Equal(["secret.env", "text.env"], result.Clean().Select(one => Path.GetFileName(Text(one, "File"))));
        Assert.All(new[] { "image.bin is left out: binary", "loop is left out: a link", "node_modules is left out" }, note => Assert.Contains(result.Verbose, line => line.Contains(note, StringComparison.Ordinal)));
        Assert.Single(_session.Run("Find-AcodeSecret node_modules").Clean());
    }

    [Fact]
    public void A_file_s_name_cannot_steer_the_terminal()
    {
        Write("bad\u001b[31m.env", $"\u001b[2JDB_PASSWORD={Password}\n");
        string shown = string.Concat(_session.Run("Find-AcodeSecret -Verbose *>&1 | Out-String -Width 200; Find-AcodeSecret | Format-List * | Out-String").Clean());
        Assert.DoesNotContain("\u001b[31m", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Suppressions_hold_until_their_day()
    {
        Write("docs/a.env", $"DB_PASSWORD={Password}\n");
        Write("b.env", $"DB_PASSWORD={Password}\nX_PASSWORD={Password} # acode:allow-secret until 2999-01-31 of the lab\nY_PASSWORD={Password} # acode:allow-secret until 2020-01-31 of the lab\nZ_PASSWORD={Password} # acode:allow-secret of the lab\n");
        string fingerprint = Text(_session.Run("Find-AcodeSecret b.env | Select-Object -First 1").Only, "Fingerprint");
        Write(".acode-secrets.yaml", $$"""
            suppressions:
              - { path: docs/**, rule: NamedSecret, reason: examples, expires: 2999-01-31 }
              - { fingerprint: {{fingerprint}}, reason: known, expires: 2020-01-31 }
              - { path: "*.none", reason: nothing, expires: 2999-01-31 }
            """);

        string[] told = [.. _session.Run("Find-AcodeSecret").Clean().Select(one => $"{Text(one, "Severity")} {Text(one, "Rule")} {Path.GetFileName(Text(one, "File"))} {Text(one, "Line")}")];

        Assert.Equal(
            [
                "Error NamedSecret b.env 1", "Warning SuppressionExpired b.env 3", "Error NamedSecret b.env 3", "Warning SuppressionIncomplete b.env 4", "Error NamedSecret b.env 4",
                "Warning SuppressionExpired .acode-secrets.yaml 3", "Information SuppressionUnused .acode-secrets.yaml 4",
            ],
            told);
        Assert.Contains(_session.Run("Find-AcodeSecret -Verbose").Verbose, line => line.StartsWith("2 findings are suppressed, 1 of them by their lines", StringComparison.Ordinal));

        Write("wrong.yaml", "suppressions:\n  - { path: docs/**, expires: soon }\n");
        ErrorRecord failure = Assert.Single(_session.Run("Find-AcodeSecret -Suppression wrong.yaml").Errors);
        Assert.Equal("SuppressionFileInvalid", failure.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("wrong.yaml, line 2, column", failure.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_become_sarif()
    {
        Write("app/db.env", $"DB_USER=app\nDB_PASSWORD={Password}\n");
        var file = (FileInfo)_session.Run("Find-AcodeSecret | Export-AcodeReport -Format Sarif").Only.BaseObject;
        string text = File.ReadAllText(file.FullName);
        JsonNode result = JsonNode.Parse(text)!["runs"]![0]!["results"]![0]!;
        Assert.Equal("NamedSecret", (string?)result["ruleId"]);
        Assert.Equal("app/db.env", (string?)result["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]);
        Assert.Matches("^[0-9a-f]{16}$", (string?)result["partialFingerprints"]!["acode/v1"]);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
    }

    [Fact]
    public void History_tells_each_secret_once_with_the_commit_that_it_came_with()
    {
        Git("init", "-q", "-b", "main");
        Write("db.env", $"DB_PASSWORD={Password}\n");
        string first = Commit("first");
        Write("db.env", $"DB_PASSWORD={Password}\nDB_PORT=3306\n");
        Commit("second");
        Write("db.env", "DB_PASSWORD=${DB_PASSWORD}\n");
        Write("binary.bin", "a\0b");
        Commit("third");
        Git("checkout", "-q", "-b", "side");
        Write("açúcar e sal.env", "API_PASSWORD=Outra2025\n");
        string side = Commit("fourth");
        Git("checkout", "-q", "main");

        // What a repository would have git run is not run.
        string ran = Path.Combine(_folder, "ran");
        Git("config", "core.fsmonitor", $"touch {ran}");
        Git("config", "diff.external", $"touch {ran}");
        Git("config", "log.showSignature", "true");
        Git("config", "gpg.program", $"touch {ran}");
        Write(".git/info/attributes", "* diff=run filter=run\n");
        Git("config", "diff.run.textconv", $"touch {ran}; cat");

        Assert.Empty(_session.Run("Find-AcodeSecret").Clean());
        IReadOnlyList<PSObject> findings = _session.Run("Find-AcodeSecret -History").Clean();
        Assert.Equal([$"{first[..12]}:db.env", $"{side[..12]}:açúcar e sal.env"], findings.Select(one => Text(one, "Target")));
        Assert.Equal($"First with commit {first}.", Text(findings[0], "Evidence"));
        Assert.Contains("into the history", Text(findings[0], "Message"), StringComparison.Ordinal);
        Assert.False(File.Exists(ran), "git ran what the repository names.");

        // What is in a file still is told of the file.
        Write("db.env", $"DB_PASSWORD={Password}\n");
        Assert.Equal(["DB_PASSWORD", $"{side[..12]}:açúcar e sal.env"], _session.Run("Find-AcodeSecret -History").Clean().Select(one => Text(one, "Target")));
    }

    [Fact]
    public void Without_git_or_a_repository_the_history_is_an_error()
    {
        Write("db.env", "DB_PORT=3306\n");
        Assert.Equal("GitRepositoryMissing", _session.Run("try { Find-AcodeSecret -History } catch { ($_.FullyQualifiedErrorId -split ',')[0] }").Only.ToString());
        Assert.Equal("GitMissing", _session.Run("$path = $env:PATH; try { $env:PATH = $folder; Find-AcodeSecret -History } catch { ($_.FullyQualifiedErrorId -split ',')[0] } finally { $env:PATH = $path }").Only.ToString());
    }

    private static string Text(PSObject one, string name) => $"{one.Properties[name].Value}";

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Commit(string message)
    {
        Git("add", "-A");
        Git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", message);
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }
}
