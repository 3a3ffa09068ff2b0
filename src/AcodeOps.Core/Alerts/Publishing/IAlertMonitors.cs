using System.Text.Json.Nodes;

namespace AcodeOps.Alerts.Publishing;

/// <summary>The monitors of an organization at Datadog. Safe for concurrent use.</summary>
public interface IAlertMonitors
{
    /// <summary>All monitors that have all of these tags.</summary>
    /// <exception cref="AcodeException">They could not be read to the last one.</exception>
    Task<IReadOnlyList<StoredMonitor>> ListAsync(IReadOnlyList<string> tags, CancellationToken cancel);

    /// <summary>Asks whether a monitor would be taken.</summary>
    /// <exception cref="AcodeException"><c>MonitorRejected</c>: it would not; or nobody answered.</exception>
    Task ValidateAsync(JsonObject monitor, CancellationToken cancel);

    /// <summary>Makes a monitor. It is asked for once: where no answer comes, it may have been made.</summary>
    /// <returns>The id that it has.</returns>
    /// <exception cref="AcodeException">It was refused, or nobody answered.</exception>
    Task<long> CreateAsync(JsonObject monitor, CancellationToken cancel);

    /// <summary>Replaces a monitor.</summary>
    /// <exception cref="AcodeException">It was refused, is gone, or nobody answered.</exception>
    Task UpdateAsync(long id, JsonObject monitor, CancellationToken cancel);

    /// <summary>Deletes a monitor; one that is gone already is as good.</summary>
    /// <exception cref="AcodeException">It was refused, as where an SLO refers to it, or nobody answered.</exception>
    Task DeleteAsync(long id, CancellationToken cancel);
}

/// <summary>A monitor as it is at Datadog.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Body">All of it, as the API gives it.</param>
public sealed record StoredMonitor(long Id, JsonObject Body);
