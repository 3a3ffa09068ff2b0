using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using AcodeOps.Lab;
using AcodeOps.Lab.Packages;
using AcodeOps.Lab.Servers;
using AcodeOps.Lab.Servers.Cloud;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Secrets;

/// <summary>The credential cmdlets of the packed module, on a played Secrets Manager.</summary>
public sealed class CredentialCmdletTests(CredentialCmdletTests.Cloud cloud) : IClassFixture<CredentialCmdletTests.Cloud>, IDisposable
{
    private const string Canary = "canary-41c9-of-a-password";
    private readonly ModuleSession _session = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-credential-").FullName;
    private readonly string _secret = $"acode/t/{Guid.NewGuid():N}";
    private readonly string _variable = $"ACODE_T_{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_credential_is_a_PSCredential_with_its_coordinates_and_its_view_hides_the_password()
    {
        await PutAsync("app", Canary);
        ScriptResult got = Run("$c = Get-AcodeCredential Primary; $c; $c | Out-String; $c | Format-List * | Out-String");
        Assert.Null(got.Failure);
        IReadOnlyList<PSObject> output = got.Clean();
        var credential = Assert.IsType<PSCredential>(output[0].BaseObject);
        Assert.Equal("AcodeOps.AcodeCredential", output[0].TypeNames[0]);
        Assert.Equal(("app", Canary), (credential.UserName, credential.GetNetworkCredential().Password));
        // The environment's own host goes before the secret's.
        Assert.Equal("db.of.the.file", output[0].Properties["Host"].Value);
        Assert.Equal(3307, output[0].Properties["Port"].Value);
        Assert.Equal($"secretsmanager:{_secret}", output[0].Properties["Reference"].Value);
        Assert.NotNull(output[0].Properties["VersionId"].Value);
        Assert.Contains("db.of.the.file", (string)output[1].BaseObject, StringComparison.Ordinal);
        Assert.All(output.Skip(1), text => Assert.DoesNotContain(Canary, (string)text.BaseObject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIf_writes_nothing()
    {
        await PutAsync("app", "before");
        ScriptResult set = Run($"Set-AcodeCredential Primary -Credential {New("app", Canary)} -WhatIf");
        Assert.Null(set.Failure);
        Assert.Contains(_secret, set.HostText, StringComparison.Ordinal);
        Assert.Equal("before", (string?)(await SecretAsync())["password"]);
        AssertHidden(set);
    }

    [Fact]
    public async Task A_new_version_is_written_once_keeps_what_is_not_given_and_shows_no_password()
    {
        await PutAsync("app", "before");
        ScriptResult set = Run($"""
            $first = Set-AcodeCredential Primary -Credential {New("app2", Canary)} -Port 3308 -Confirm:$false -Verbose
            $second = Set-AcodeCredential -Name 'secretsmanager:{_secret}' -Credential {New("app2", Canary)} -Confirm:$false
            $first.VersionId; $second.VersionId
            """);
        Assert.Null(set.Failure);
        Assert.Equal(set.Clean()[0].BaseObject, set.Clean()[1].BaseObject);
        JsonObject held = await SecretAsync();
        Assert.Equal(("app2", Canary, "h", 3308), ((string?)held["username"], (string?)held["password"], (string?)held["host"], (int?)held["port"]));
        AssertHidden(set);
    }

    [Fact]
    public async Task Asked_for_in_the_session_a_password_is_in_no_history_no_command_line_and_no_file()
    {
        await PutAsync("app", "before");
        ScriptResult set = _session.Run($"$PSDefaultParameterValues = @{{ '*-Acode*:Environment' = '{File(_secret)}' }}; Set-AcodeCredential Primary -Credential app2 -Confirm:$false", Canary);
        Assert.Null(set.Failure);
        Assert.Equal(("app2", Canary), ((string?)(await SecretAsync())["username"], (string?)(await SecretAsync())["password"]));
        AssertHidden(set);
        ScriptResult left = Run("Get-History | ForEach-Object CommandLine; [Environment]::CommandLine; [Environment]::GetEnvironmentVariables().Values");
        Assert.All(left.Output, line => Assert.DoesNotContain(Canary, $"{line}", StringComparison.Ordinal));
        Assert.All(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(Canary, System.IO.File.ReadAllText(file), StringComparison.Ordinal));

        // A bare text is a user's name and never a password: there is no way to give one in the clear.
        ScriptResult parameters = Run("(Get-Command Set-AcodeCredential).Parameters.Values | Where-Object { $_.ParameterType -eq [string] } | ForEach-Object Name");
        Assert.DoesNotContain(parameters.Output, name => $"{name}".Contains("assword", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_somebody_to_ask_a_write_needs_a_clear_yes()
    {
        using ModuleSession nobody = new(nonInteractive: true);
        ScriptResult set = nobody.Run($"Set-AcodeCredential Primary -Credential {New("a", Canary)} -Environment '{File(_secret)}'");
        Assert.Empty(set.Output);
        Assert.NotNull(Error(set));
        AssertHidden(set);
    }

    [Fact]
    public void What_is_not_in_Secrets_Manager_is_not_written()
    {
        ScriptResult set = Run($"Set-AcodeCredential Backup -Credential {New("a", Canary)} -Confirm:$false");
        Assert.StartsWith("SecretNotWritable", Error(set).FullyQualifiedErrorId, StringComparison.Ordinal);
        AssertHidden(set);
    }

    [Fact]
    public async Task All_credentials_come_at_once_and_a_missing_one_does_not_stop_the_others()
    {
        await PutAsync("app", Canary);
        ScriptResult got = Run("Get-AcodeCredential | ForEach-Object Reference");
        Assert.Null(got.Failure);
        Assert.Equal($"secretsmanager:{_secret}", got.Output.Select(o => (string)o.BaseObject).First());
        Assert.Contains(got.Errors, e => e.FullyQualifiedErrorId.StartsWith("SecretNotFound", StringComparison.Ordinal));
        AssertHidden(got);
    }

    [Fact]
    public void A_password_given_for_a_reference_is_not_repeated()
    {
        ScriptResult got = Run($"Get-AcodeCredential -Name '{Canary}'");
        Assert.StartsWith("CredentialReferenceInvalid", Error(got).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, Error(got).Exception.ToString(), StringComparison.Ordinal);
    }

    private static string New(string user, string password) => $"([pscredential]::new('{user}', (ConvertTo-SecureString '{password}' -AsPlainText -Force)))";

    // What ends a command ends only its own statement of the script.
    private static ErrorRecord Error(ScriptResult result) => result.Failure ?? Assert.Single(result.Errors);

    private static void AssertHidden(ScriptResult result)
    {
        string[] shown =
        [
            result.HostText,
            .. result.Errors.Append(result.Failure).OfType<ErrorRecord>().SelectMany(e => new[] { e.Exception.ToString(), e.ErrorDetails?.Message ?? "" }),
            .. result.Warnings,
            .. result.Verbose,
        ];
        Assert.All(shown, text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
    }

    private ScriptResult Run(string script) => _session.Run($"$PSDefaultParameterValues = @{{ '*-Acode*:Environment' = '{File(_secret)}' }}; {script}");

    private Task PutAsync(string user, string password) => cloud.Server.PutSecretAsync(
        _secret, new JsonObject { ["username"] = user, ["password"] = password, ["host"] = "h", ["port"] = 3307 }, Cancel);

    private async Task<JsonObject> SecretAsync() => (await cloud.Server.SecretAsync(_secret, Cancel))!;

    private string File(string secret)
    {
        Environment.SetEnvironmentVariable(_variable, """{"access_key_id":"AK","secret_access_key":"of no use"}""");
        string path = Path.Combine(_folder, "acode.yaml");
        System.IO.File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
            environments:
              test:
                aws:
                  region: us-east-2
                  credential: env:{_variable}
                  endpoints:
                    secretsManager: {cloud.Server.Endpoint}
                    sts: {cloud.Server.Endpoint}
                sources:
                  primary:
                    host: db.of.the.file
                    credential: secretsmanager:{secret}
                  backup:
                    host: db2.of.the.file
                    credential: env:{_variable}_NONE
                storages:
                  primary:
                    bucket: lake
                tables:
                  - name: sales
                airbyte:
                  url: http://127.0.0.1:9
                routes:
                  - name: primary
                    source: primary
                    storage: primary
                    connection: main
            """));
        return path;
    }

    /// <summary>A played Secrets Manager for the tests of this class.</summary>
    public sealed class Cloud : IAsyncLifetime
    {
        private LabFolder? _folder;

        public MotoServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await new PackageInstaller(line => TestContext.Current.SendDiagnosticMessage(line)).InstallAsync(PackageTrees.Moto, CancellationToken.None);
            _folder = await LabFolder.ClaimAsync(Path.Combine(Path.GetTempPath(), "acodeops-tests", Path.GetRandomFileName()));
            Server = new MotoServer(_folder.Path, LoopbackPort.Free());
            await Server.StartAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            if (_folder is not null)
            {
                await _folder.EndProcessesAsync();
                _folder.Delete();
            }
        }
    }
}
