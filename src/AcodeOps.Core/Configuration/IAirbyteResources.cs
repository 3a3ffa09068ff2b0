using System.Text.Json.Nodes;

namespace AcodeOps.Configuration;

/// <summary>
/// The sources, destinations and connections of the environment's workspace at Airbyte, whole, to be compared and changed.
/// Every failure is an <see cref="AcodeException"/> with its class. Safe for concurrent use.
/// </summary>
public interface IAirbyteResources
{
    /// <summary>The workspace: the environment's, or where it names none the only one that Airbyte has.</summary>
    /// <exception cref="AcodeException"><c>WorkspaceAmbiguous</c>: it has several.</exception>
    Task<Guid> ReadWorkspaceAsync(CancellationToken cancel);

    /// <summary>All of a kind, page by page, secrets masked.</summary>
    IAsyncEnumerable<AirbyteResource> ListAsync(ConfiguredKind kind, CancellationToken cancel = default);

    /// <summary>
    /// One of them; null when Airbyte has none, or deleted it. In place of a secret stands the version under which Airbyte keeps
    /// it (<c>secret_coordinate::…</c>) where the server tells that, else the mask.
    /// </summary>
    Task<AirbyteResource?> ReadAsync(ConfiguredKind kind, Guid id, CancellationToken cancel);

    /// <summary>
    /// Makes one. Not idempotent, and never repeated by itself: after an outage class it is unknown whether one was made, and
    /// the caller must look.
    /// </summary>
    /// <param name="resource">What to make; its id is not looked at, and its settings hold the secrets themselves.</param>
    /// <param name="cancel">Ends the request.</param>
    Task<AirbyteResource> CreateAsync(AirbyteResource resource, CancellationToken cancel);

    /// <summary>
    /// Replaces the name and all settings of a source or a destination. What is not given is gone; a secret that is given as
    /// <see cref="AirbyteResource.Mask"/> stays as it is. (Airbyte's other way, PATCH, merges: settings of a form that was given up stay.)
    /// </summary>
    Task<AirbyteResource> ReplaceAsync(ConfiguredKind kind, Guid id, string name, JsonObject settings, CancellationToken cancel);

    /// <summary>
    /// Changes what is given of a connection, and nothing else. Where streams are given they become the whole list, those that
    /// are left out are synced no longer, and Airbyte asks the source for its tables first, which may take minutes.
    /// </summary>
    Task<AirbyteResource> ChangeConnectionAsync(Guid id, JsonObject changes, CancellationToken cancel);

    /// <summary>Deletes one, and nothing that it wrote. One that is deleted, or never was, is no error. Airbyte deletes a source's or a destination's connections with it.</summary>
    Task DeleteAsync(ConfiguredKind kind, Guid id, CancellationToken cancel);

    /// <summary>Lets Airbyte try whether a source or a destination can be reached as it is.</summary>
    Task<ConnectorCheck> CheckAsync(ConfiguredKind kind, Guid id, CancellationToken cancel);

    /// <summary>Lets Airbyte try whether a source or a destination could be reached with other settings, without saving them. A secret given as <see cref="AirbyteResource.Mask"/> is the one that is there.</summary>
    Task<ConnectorCheck> CheckUpdateAsync(ConfiguredKind kind, Guid id, string name, JsonObject settings, CancellationToken cancel);
}

/// <summary>What came of a check of a connector's.</summary>
/// <param name="Succeeded">True when it could be reached.</param>
/// <param name="Message">Why not, in Airbyte's words; null where it says nothing.</param>
public sealed record ConnectorCheck(bool Succeeded, string? Message);
