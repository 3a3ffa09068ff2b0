using System.Text.Json.Serialization;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps;

/// <summary>What a rotation would do. Holds names and references, never secrets.</summary>
public sealed record RotationPlan
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The source whose password is replaced.</summary>
    public required SourceRole Source { get; init; }

    /// <summary>How.</summary>
    public required RotationMode Mode { get; init; }

    /// <summary>The secret.</summary>
    public required CredentialReference Reference { get; init; }

    /// <summary>The server, for people.</summary>
    public required string Server { get; init; }

    /// <summary>The account that logs in now; null where the server is not to be asked.</summary>
    public AccountName? Account { get; init; }

    /// <summary>The account that logs in afterwards: the same, or the one whose turn it is; null where that is not known before.</summary>
    public AccountName? NextAccount { get; init; }

    /// <summary>Who changes the account; null for the account itself, or nobody.</summary>
    public CredentialReference? Administrator { get; init; }

    /// <summary>The statements are kept out of the server's binary log, as it is a replica.</summary>
    public bool KeepsOutOfBinaryLog { get; init; }

    /// <summary>The server's super_read_only is off while a statement on the account is at work.</summary>
    public bool LiftsSuperReadOnly { get; init; }

    /// <summary>The secret's version that is in use now.</summary>
    public required string CurrentVersionId { get; init; }

    /// <summary>The Lambda that rotates the secret; null in other modes.</summary>
    public string? Lambda { get; init; }

    /// <summary>True where the new password was handed over.</summary>
    public bool IsHandedOver { get; init; }

    /// <summary>The sources at Airbyte that keep a copy of the password.</summary>
    public IReadOnlyList<RotatedCopy> Copies { get; init => field = value.ToArray(); } = [];

    /// <summary>The connections that read the source and are active: each has to end a sync well with the new password.</summary>
    public IReadOnlyList<RotatedConnection> Connections { get; init => field = value.ToArray(); } = [];

    /// <summary>The longest that a sync may take, in minutes.</summary>
    public double SyncMinutes { get; init; } = 180;

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>What is at risk, or goes otherwise than one may think: one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init => field = value.ToArray(); } = [];

    /// <summary>What is asked of the partner, in English and Portuguese; null where nobody is asked.</summary>
    public string? Request { get; init; }

    /// <summary>What it does, for people.</summary>
    [JsonIgnore]
    public string Title => IsRequest
        ? $"Ask the partner for a new password of the {Source} source"
        : $"Rotate the password of the {Source} source ({Mode})";

    /// <summary>True for a plan that only asks the partner.</summary>
    [JsonIgnore]
    public bool IsRequest => Mode == RotationMode.Partner && !IsHandedOver;

    /// <inheritdoc />
    public override string ToString() => Title;
}

/// <summary>A source at Airbyte that keeps a copy of the password.</summary>
/// <param name="SourceId">Airbyte's id.</param>
/// <param name="Name">Its name.</param>
public sealed record RotatedCopy(Guid SourceId, string Name)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>A connection that must show that it syncs.</summary>
/// <param name="ConnectionId">Airbyte's id.</param>
/// <param name="Name">Its name.</param>
public sealed record RotatedConnection(Guid ConnectionId, string Name)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
