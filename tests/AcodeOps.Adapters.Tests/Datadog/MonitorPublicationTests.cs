using System.Text.Json.Nodes;
using AcodeOps.Adapters.Datadog;
using AcodeOps.Adapters.Tests.Files;
using AcodeOps.Alerts;
using AcodeOps.Alerts.Publishing;
using AcodeOps.Lab.Datadog;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Datadog;

/// <summary>Every rule of the catalogue at a Datadog that judges as the real one does, with people who change monitors and a network that breaks.</summary>
public sealed class MonitorPublicationTests : IAsyncLifetime
{
    private DatadogServer _server = null!;
    private AcodeEnvironment _environment = null!;
    private DatadogMonitors _monitors = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await DatadogServer.StartAsync(Cancel);
        DatadogDefinition datadog = new()
        {
            Url = _server.Url,
            ApiKey = new CredentialReference(CredentialHolder.EnvironmentVariable, "api"),
            ApplicationKey = new CredentialReference(CredentialHolder.EnvironmentVariable, "application"),
            Notify = ["@pagerduty-acode"],
        };
        _environment = Assert.Single(YamlText.Judge(EnvironmentTemplateText.Template).Environments) with { Datadog = datadog };
        _monitors = new DatadogMonitors(datadog, new Keys(_server), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _monitors.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Every_rule_is_taken_and_published_twice_changes_nothing()
    {
        IReadOnlyList<MonitorChange> done = await PublishAsync();
        Assert.Equal(AlertCatalog.For(_environment).Count, done.Count);
        Assert.All(done, change => Assert.Equal((MonitorAction.Create, true, null), (change.Action, change.Applied, change.ErrorId)));
        Assert.All(_server.Api.Monitors.All, monitor => Assert.Contains("@pagerduty-acode", (string)monitor["message"]!, StringComparison.Ordinal));

        int asked = _server.Api.Requests.Count;
        Assert.All(await PublishAsync(), change => Assert.Equal((MonitorAction.None, false), (change.Action, change.EditedAtDatadog)));
        Assert.All(_server.Api.Requests.Skip(asked), request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_changed_there_is_told_and_set_right_and_what_people_added_stays()
    {
        await PublishAsync();
        JsonObject live = Find("primary-down");
        JsonObject options = (JsonObject)live["options"]!.DeepClone();
        options["thresholds"] = new JsonObject { ["critical"] = 99.0, ["warning"] = 2.0 };
        options["silenced"] = new JsonObject { ["*"] = null };
        _server.Api.Monitors.Change((long)live["id"]!, new JsonObject
        {
            ["query"] = ((string)live["query"]!).Replace(">= 3", ">= 99", StringComparison.Ordinal),
            ["options"] = options,
            ["tags"] = new JsonArray([.. ((JsonArray)live["tags"]!).Select(tag => tag!.DeepClone()), JsonValue.Create("team:mine")]),
        });

        MonitorChange change = Assert.Single(await PublishAsync(), change => change.Action != MonitorAction.None);

        Assert.Equal(("primary-down", MonitorAction.Update, true, true), (change.Rule, change.Action, change.EditedAtDatadog, change.Applied));
        Assert.Equal(["query", "options.thresholds"], change.Differences);
        JsonObject mended = Find("primary-down");
        Assert.EndsWith(">= 3", (string)mended["query"]!, StringComparison.Ordinal);
        Assert.Equal((3.0, 2.0, true), ((double)mended["options"]!["thresholds"]!["critical"]!, (double)mended["options"]!["thresholds"]!["warning"]!, mended["options"]!["silenced"]!.AsObject().ContainsKey("*")));
        Assert.Contains("team:mine", ((JsonArray)mended["tags"]!).Select(tag => (string)tag!));
        Assert.All(await PublishAsync(), again => Assert.Equal((MonitorAction.None, false), (again.Action, again.EditedAtDatadog)));
    }

    [Fact]
    public async Task Only_own_monitors_are_pruned_and_a_second_one_of_a_rule_goes()
    {
        await PublishAsync();
        JsonObject foreign = new() { ["name"] = "mine", ["type"] = "query alert", ["query"] = "avg(last_5m):avg:system.load.1{*} > 4", ["tags"] = new JsonArray($"env:{_environment.Name}") };
        long mine = (long)_server.Api.Monitors.Add(foreign)["id"]!;
        JsonObject second = Find("primary-down");
        _server.Api.Monitors.Add(second);
        JsonObject orphan = Find("drill-overdue");
        orphan["tags"] = new JsonArray([.. ((JsonArray)orphan["tags"]!).Select(tag => (string)tag! == "acode_rule:drill-overdue" ? JsonValue.Create("acode_rule:gone") : tag!.DeepClone())]);
        _server.Api.Monitors.Add(orphan);

        Assert.All(await PublishAsync(), change => Assert.Equal(MonitorAction.None, change.Action));
        MonitorChange[] pruned = [.. (await PublishAsync(prune: true)).Where(change => change.Action != MonitorAction.None)];

        Assert.Equal(["gone", "primary-down"], pruned.Select(change => change.Rule).Order(StringComparer.Ordinal));
        Assert.All(pruned, change => Assert.Equal((MonitorAction.Delete, true), (change.Action, change.Applied)));
        Assert.Contains(_server.Api.Monitors.All, monitor => (long)monitor["id"]! == mine);
        Assert.Equal(AlertCatalog.For(_environment).Count + 1, _server.Api.Monitors.All.Count);
    }

    [Fact]
    public async Task A_monitor_that_would_be_refused_keeps_all_others_from_being_changed()
    {
        _server.Api.Misbehave = async (request, context) =>
        {
            if (request != "POST /api/v1/monitor/validate" || _server.Api.Requests.Count(one => one == request) < 5)
            {
                return false;
            }

            await DatadogApi.RefuseAsync(context, 400, "The value provided for parameter 'query' is invalid");
            return true;
        };

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => PublishAsync());

        Assert.Equal(("MonitorRejected", FailureClass.InvalidInput), (refused.Id, refused.Cause));
        Assert.Contains("parameter 'query'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Api.Monitors.All);
    }

    [Fact]
    public async Task An_answer_that_is_lost_makes_no_monitor_twice()
    {
        bool isCut = false;
        _server.Api.Misbehave = async (request, context) =>
        {
            if (request != "POST /api/v1/monitor" || isCut)
            {
                return false;
            }

            isCut = true;
            _server.Api.Monitors.Add((await JsonNode.ParseAsync(context.Request.Body, cancellationToken: Cancel))!.AsObject());
            context.Abort();
            return true;
        };

        MonitorChange lost = Assert.Single(await PublishAsync(), change => !change.Applied);
        Assert.Equal(("DatadogUnreachable", FailureClass.Unreachable), (lost.ErrorId, lost.Cause));
        Assert.False(string.IsNullOrEmpty(lost.Remedy));
        Assert.Contains("publish again", lost.Error, StringComparison.Ordinal);

        Assert.All(await PublishAsync(), change => Assert.Equal(MonitorAction.None, change.Action));
        Assert.Equal(AlertCatalog.For(_environment).Count, _server.Api.Monitors.All.Count);
    }

    [Fact]
    public async Task It_waits_where_it_is_asked_to_and_repeats_what_may_be_repeated()
    {
        int refused = 0;
        _server.Api.Misbehave = async (request, context) =>
        {
            if (refused >= 3)
            {
                return false;
            }

            context.Response.Headers["X-RateLimit-Reset"] = "0";
            await DatadogApi.RefuseAsync(context, ++refused == 1 ? 503 : 429, "not now");
            return true;
        };

        // The list: 503 and two 429 are as often as is tried. The next call goes through.
        Assert.Equal("DatadogThrottled", (await Assert.ThrowsAsync<AcodeException>(() => PublishAsync())).Id);
        Assert.All(await PublishAsync(), change => Assert.True(change.Applied));
    }

    [Fact]
    public async Task A_wrong_key_is_told_without_it()
    {
        using DatadogMonitors wrong = new(_environment.Datadog!, new Keys(_server, "not-the-key"), TimeProvider.System);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => MonitorPlan.MakeAsync(wrong, _environment, AlertCatalog.For(_environment), false, Cancel));

        Assert.Equal(("DatadogAccessDenied", FailureClass.Permission), (refused.Id, refused.Cause));
        Assert.DoesNotContain("not-the-key", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_are_led_to_no_other_host()
    {
        await using DatadogServer other = await DatadogServer.StartAsync(Cancel);
        _server.Api.Misbehave = (_, context) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"{other.Url}api/v1/monitor";
            return Task.FromResult(true);
        };

        Assert.Equal("DatadogAnswersSomethingElse", (await Assert.ThrowsAsync<AcodeException>(() => PublishAsync())).Id);
        Assert.Empty(other.Api.Requests);
    }

    private JsonObject Find(string rule) => _server.Api.Monitors.All.First(monitor => DatadogMonitor.RuleOf(monitor) == rule);

    private async Task<IReadOnlyList<MonitorChange>> PublishAsync(bool prune = false) =>
        await new MonitorPublication(_monitors).RunAsync(await MonitorPlan.MakeAsync(_monitors, _environment, AlertCatalog.For(_environment), prune, Cancel), Cancel);

    private sealed class Keys(DatadogServer server, string? application = null) : ICredentialStore
    {
        public Task<Credential> ReadAsync(CredentialReference reference, CancellationToken cancel) => Task.FromResult(new Credential
        {
            Reference = reference,
            Password = new SecretText(reference.Name == "api" ? server.Api.Keys.Api : application ?? server.Api.Keys.Application),
        });

        public void Forget(CredentialReference reference)
        {
        }

        public Task<string> WriteAsync(CredentialReference reference, Credential credential, CancellationToken cancel) => throw new NotSupportedException();
    }
}
