using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>Where metrics go, by name.</summary>
internal static class MetricsSection
{
    public static MetricsDefinition Read(MappingReader r)
    {
        MetricsDefinition standard = new();
        return standard with
        {
            EveryMinutes = r.Optional("everyMinutes", ValueKinds.Whole(1, 1440)) ?? standard.EveryMinutes,
            Tags = r.Values("tags", ValueKinds.MetricTag),
            Sinks = r.Section("sinks", ReadSinks) ?? [],
        };
    }

    private static IReadOnlyList<MetricSinkDefinition> ReadSinks(MappingReader sinks)
    {
        List<MetricSinkDefinition> read = [];
        foreach (string name in sinks.Keys)
        {
            if (!SectionNames.IsName(name))
            {
                sinks.ComplainAtKey(name, SectionNames.Complain("A sink"));
            }

            if (sinks.RequiredSection(name, r => Read(name, r)) is { } sink)
            {
                read.Add(sink);
            }
        }

        return read;
    }

    private static MetricSinkDefinition Read(string name, MappingReader r)
    {
        MetricSinkKind? kind = r.Required("kind", ValueKinds.Choice<MetricSinkKind>());
        MetricSinkDefinition standard = new() { Name = name, Kind = kind ?? default };
        MetricSinkDefinition sink = standard with
        {
            Host = r.Optional("host", ValueKinds.Host) ?? standard.Host,
            Port = r.Optional("port", ValueKinds.Port) ?? standard.Port,
            Path = kind == MetricSinkKind.Prometheus ? r.Required("path", ValueKinds.PrometheusFile(r.File)) : r.Optional("path", ValueKinds.PathBeside(r.File)),
            Endpoint = kind == MetricSinkKind.Otlp ? r.Required("endpoint", ValueKinds.Url) : r.Optional("endpoint", ValueKinds.Url),
            Protocol = r.Optional("protocol", ValueKinds.Choice<OtlpProtocol>()) ?? standard.Protocol,
            Headers = r.OptionalCredential("headers", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
        };
        foreach (string key in kind is null ? [] : Foreign(kind.Value, r.Has("path")).Where(r.Has))
        {
            r.ComplainAtKey(key, new("InvalidValue", $"'{key}' says nothing for a sink of this kind{(kind == MetricSinkKind.DogStatsD && key is "host" or "port" ? " that has a path: it is a socket" : "")}.")
            {
                Remedy = "Leave it out.",
            });
        }

        return sink;
    }

    private static string[] Foreign(MetricSinkKind kind, bool hasPath) => kind switch
    {
        MetricSinkKind.Otlp => ["host", "port", "path"],
        MetricSinkKind.DogStatsD when !hasPath => ["endpoint", "protocol", "headers"],
        _ => ["host", "port", "endpoint", "protocol", "headers"],
    };
}
