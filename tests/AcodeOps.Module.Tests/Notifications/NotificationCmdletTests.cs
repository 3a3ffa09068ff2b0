using System.Management.Automation;
using System.Text.Json.Nodes;
using AcodeOps.Lab.Sinks;
using AcodeOps.Module.Tests.Hosting;

namespace AcodeOps.Module.Tests.Notifications;

/// <summary>Send-AcodeNotification with channels that lead to a webhook sink; nothing else of the environment is there.</summary>
public sealed class NotificationCmdletTests : IAsyncLifetime
{
    private const string Canary = "canary5f1ecanary5f1e";

    // A name of its own: the variables of the process are everybody's.
    private readonly string _variable = $"ACODE_HOOK_{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("acode-notify-").FullName;
    private readonly ModuleSession _session = new();
    private WebhookServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await WebhookServer.StartAsync(Cancel);
        Environment.SetEnvironmentVariable(_variable, $"{_server.Url}{Canary}");
        Write($$"""
                notifications:
                  team: { kind: slack, credential: "env:{{_variable}}" }
                  tickets: { kind: webhook, credential: "env:{{_variable}}", minSeverity: information }
                  oncall: { kind: pagerDuty, url: "{{_server.Url}}page", credential: "env:{{_variable}}", minSeverity: critical }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();
        await _server.DisposeAsync();
        Environment.SetEnvironmentVariable(_variable, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Those_are_told_who_take_the_severity()
    {
        Assert.Equal(["team", "tickets"], Told("Send-AcodeNotification 'It is late' -Facts @{ password = 'hunter2'; rows = 3 }"));
        Assert.Equal(["tickets"], Told("Send-AcodeNotification 'It is late' -Severity Information"));
        Assert.Equal(["oncall"], Told("Send-AcodeNotification 'It is late' -Severity Information -Channel on*"));
        Assert.Equal(["team", "tickets", "oncall"], Told("Send-AcodeNotification 'It is over' -Severity Information -Phase Resolved -IncidentId x"));
        Assert.Equal("x", (string?)JsonNode.Parse(_server.Received.Last(r => r.Path == "/page").Body)!["dedup_key"]);
        Assert.All(_server.Received, r => Assert.DoesNotContain("hunter2", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_is_told_by_itself_under_its_own_id()
    {
        // Made by its setters, as a cast of a hashtable does not know init-only ones of every type.
        IReadOnlyList<PSObject> results = _session.Run($$"""
            $run = [AcodeOps.RunbookRun]::new()
            @{ RunId = '01KAT5Z3V8Q7M2N4P6R8S0T2W4'; Runbook = 'failover'; Title = 'Switch'; Environment = 'lonely'; Status = 'Failed' }.GetEnumerator() |
                ForEach-Object { $run.($_.Key) = $_.Value }
            $run | Send-AcodeNotification -Environment {{File}} -Channel tickets
            """).Clean();
        Assert.Equal("01KAT5Z3V8Q7M2N4P6R8S0T2W4", results.Single().Properties["IncidentId"].Value);
        JsonNode body = JsonNode.Parse(Assert.Single(_server.Received).Body)!;
        Assert.Equal(("failed", "error", "Switch: Failed"), ((string?)body["phase"], (string?)body["severity"], (string?)body["title"]));
    }

    [Fact]
    public void A_channel_that_fails_is_an_error_beside_its_result()
    {
        _server.Sink.Behavior = new WebhookBehavior(403);
        ScriptResult result = _session.Run($"Send-AcodeNotification 'It is late' -Environment {File}");
        Assert.Null(result.Failure);
        Assert.Equal(["team: NotificationAccessDenied", "tickets: NotificationAccessDenied"], result.Output.Select(o => $"{o}"));
        Assert.All(result.Errors, e => Assert.StartsWith("NotificationNotDelivered", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal([ErrorCategory.PermissionDenied, ErrorCategory.PermissionDenied], result.Errors.Select(e => e.CategoryInfo.Category));
        Assert.DoesNotContain(Canary, string.Join(' ', result.Errors.Select(e => $"{e} {e.Exception} {e.ErrorDetails}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sent_under_WhatIf_and_nobody_is_told_silently()
    {
        Assert.Empty(_session.Run($"Send-AcodeNotification 'password=hunter2' -Environment {File} -WhatIf").Clean());
        Write("    notifications: { team: { kind: slack, credential: env:X, minSeverity: critical } }");
        ScriptResult nobody = _session.Run($"Send-AcodeNotification 'It is late' -Environment {File}");
        Assert.Contains("nobody is told", Assert.Single(nobody.Warnings), StringComparison.Ordinal);
        Assert.Empty(nobody.Clean());
        Assert.Empty(_server.Received);
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        Assert.Equal("NotificationChannelNotDefined", FailureId("Send-AcodeNotification 'It is late' -Channel boss"));
        Assert.Equal("NotificationTitleMissing", FailureId("Send-AcodeNotification"));
        Write("");
        Assert.Equal("NotificationChannelMissing", FailureId("Send-AcodeNotification 'It is late'"));
    }

    private string File => Path.Combine(_folder, "acode.yaml");

    private IEnumerable<string> Told(string command) =>
        _session.Run($"{command} -Environment {File}").Clean().Select(r => (string)r.Properties["Channel"].Value);

    private string FailureId(string command) => (string)_session.Run(
        $$"""try { {{command}} -Environment '{{File}}'; 'it went well' } catch { $_.FullyQualifiedErrorId.Split(',')[0] }""").Only.BaseObject;

    private void Write(string notifications) => System.IO.File.WriteAllText(File, $$"""
        environments:
          lonely:
            sources: { primary: { host: 127.0.0.1, credential: env:X } }
            storages: { primary: { bucket: lake } }
            tables: [{ name: sales }]
            airbyte: { url: http://127.0.0.1:1 }
            routes: [{ source: primary, storage: primary, connection: main }]
        {{notifications}}

        """);
}
