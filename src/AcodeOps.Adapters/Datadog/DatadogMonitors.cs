using System.Text.Json.Nodes;
using AcodeOps.Alerts.Publishing;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Datadog;

/// <summary>Monitors over Datadog's API, version 1.</summary>
/// <param name="definition">Where it is, and who holds the keys.</param>
/// <param name="credentials">Holds the keys.</param>
/// <param name="clock">This machine's clock.</param>
internal sealed class DatadogMonitors(DatadogDefinition definition, ICredentialStore credentials, TimeProvider clock) : IAlertMonitors, IDisposable
{
    private const string Monitors = "api/v1/monitor";
    private const int PageSize = 200;

    // More monitors than any organization may have: a server that pages for ever must end some time.
    private const int MostPages = 200;

    private readonly DatadogCalls _calls = new(definition, credentials, clock);

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredMonitor>> ListAsync(IReadOnlyList<string> tags, CancellationToken cancel)
    {
        Dictionary<long, StoredMonitor> found = [];
        for (int page = 0; ; page++)
        {
            if (page == MostPages)
            {
                throw _calls.SomethingElse($"it has more than {MostPages * PageSize} monitors to tell");
            }

            JsonNode? answer = await _calls.SendAsync(
                new(HttpMethod.Get, $"{Monitors}?monitor_tags={Uri.EscapeDataString(string.Join(',', tags))}&page={page}&page_size={PageSize}"), cancel).ConfigureAwait(false);
            if (answer is not JsonArray monitors)
            {
                throw _calls.SomethingElse("its list of monitors is none");
            }

            foreach (JsonObject monitor in monitors.OfType<JsonObject>())
            {
                // What one filter means with several tags is not told: all of them have to be there.
                if (Id(monitor) is { } id && monitor["tags"] is JsonArray own && tags.All(tag => own.OfType<JsonValue>().Any(one => one.ToString() == tag)))
                {
                    found[id] = new StoredMonitor(id, monitor);
                }
            }

            if (monitors.Count < PageSize)
            {
                return [.. found.Values];
            }
        }
    }

    /// <inheritdoc />
    public Task ValidateAsync(JsonObject monitor, CancellationToken cancel) => _calls.SendAsync(new(HttpMethod.Post, $"{Monitors}/validate") { Body = monitor, IsRepeatable = true }, cancel);

    /// <inheritdoc />
    public async Task<long> CreateAsync(JsonObject monitor, CancellationToken cancel) =>
        await _calls.SendAsync(new(HttpMethod.Post, Monitors) { Body = monitor }, cancel).ConfigureAwait(false) is JsonObject made && Id(made) is { } id
            ? id
            : throw _calls.SomethingElse("the monitor that it made has no id");

    /// <inheritdoc />
    public Task UpdateAsync(long id, JsonObject monitor, CancellationToken cancel) => _calls.SendAsync(new(HttpMethod.Put, $"{Monitors}/{id}") { Body = monitor, IsRepeatable = true }, cancel);

    /// <inheritdoc />
    public async Task DeleteAsync(long id, CancellationToken cancel)
    {
        try
        {
            await _calls.SendAsync(new(HttpMethod.Delete, $"{Monitors}/{id}") { IsRepeatable = true }, cancel).ConfigureAwait(false);
        }
        catch (AcodeException gone) when (gone.Id == "MonitorNotFound")
        {
        }
    }

    /// <inheritdoc />
    public void Dispose() => _calls.Dispose();

    private static long? Id(JsonObject monitor) => monitor["id"] is JsonValue value && value.TryGetValue(out long id) ? id : null;
}
