namespace AcodeOps;

/// <summary>What takes metrics.</summary>
public enum MetricSinkKind
{
    /// <summary>A Datadog agent, or whatever speaks DogStatsD, by UDP or a Unix socket.</summary>
    DogStatsD,

    /// <summary>A text file that Prometheus' node_exporter reads.</summary>
    Prometheus,

    /// <summary>An OpenTelemetry collector, or whatever takes OTLP.</summary>
    Otlp,
}

/// <summary>How OTLP is carried.</summary>
public enum OtlpProtocol
{
    /// <summary>Protobuf over HTTP.</summary>
    HttpProtobuf,

    /// <summary>gRPC, which is HTTP/2.</summary>
    Grpc,
}

/// <summary>One place where metrics are sent.</summary>
public sealed record MetricSinkDefinition
{
    /// <summary>Its name in the file: <c>agent</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required MetricSinkKind Kind { get; init; }

    /// <summary>DogStatsD over UDP: the agent's host.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>DogStatsD over UDP: the agent's port.</summary>
    public int Port { get; init; } = 8125;

    /// <summary>DogStatsD over a Unix socket: its path; null for UDP. Prometheus: the file, ending in <c>.prom</c>.</summary>
    public string? Path { get; init; }

    /// <summary>OTLP: the receiver's address, encrypted where it is https. Over HTTP <c>v1/metrics</c> is added where it does not end so. Null for others.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>OTLP: how it is carried.</summary>
    public OtlpProtocol Protocol { get; init; }

    /// <summary>OTLP: holds the headers of each request, as <c>name=value,name=value</c>; null for none.</summary>
    public CredentialReference? Headers { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Name} ({Kind})";
}
