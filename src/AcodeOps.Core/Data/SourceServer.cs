namespace AcodeOps;

/// <summary>Which make of server a source is.</summary>
public enum SourceFlavor
{
    /// <summary>Oracle MySQL or a server that is compatible with it (Percona, Aurora, RDS).</summary>
    MySql,

    /// <summary>MariaDB.</summary>
    MariaDb,
}

/// <summary>What a source says of itself when connected to.</summary>
public sealed record SourceServer
{
    /// <summary>The make.</summary>
    public required SourceFlavor Flavor { get; init; }

    /// <summary>The version as the server prints it.</summary>
    public required string Version { get; init; }

    /// <summary>The server's clock at <see cref="AnsweredAt"/>, UTC.</summary>
    public required DateTimeOffset ServerTimeAt { get; init; }

    /// <summary>This machine's clock at the middle of the question, UTC.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>True when ordinary accounts cannot write.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>The TLS version of the connection; null when it is not encrypted.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The round trip of one trivial statement, in milliseconds.</summary>
    public required double RoundTripMs { get; init; }
}
