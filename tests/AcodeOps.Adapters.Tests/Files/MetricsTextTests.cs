namespace AcodeOps.Adapters.Tests.Files;

/// <summary>The metrics section of an environment file.</summary>
public sealed class MetricsTextTests
{
    [Fact]
    public void All_kinds_are_read_in_the_order_of_the_file()
    {
        MetricsDefinition metrics = YamlText.Judge(With("""
                  everyMinutes: 1
                  tags: [team:data]
                  sinks:
                    agent: { kind: dogStatsD }
                    far: { kind: dogStatsD, host: agent.internal, port: 9125 }
                    socket: { kind: dogStatsD, path: /run/dsd.socket }
                    node: { kind: prometheus, path: /var/lib/node/acode.prom }
                    collector: { kind: otlp, endpoint: "https://collector.internal:4317", protocol: grpc, headers: "env:OTLP_HEADERS" }
                    near: { kind: otlp, endpoint: "http://127.0.0.1:4318" }
            """)).Choose().Metrics;

        Assert.Equal("every 1 min to agent, far, socket, node, collector, near", metrics.ToString());
        Assert.Equal(["team:data"], metrics.Tags);
        Assert.Equal(["127.0.0.1:8125 ", "agent.internal:9125 ", "127.0.0.1:8125 /run/dsd.socket", "127.0.0.1:8125 /var/lib/node/acode.prom"], metrics.Sinks.Take(4).Select(sink => $"{sink.Host}:{sink.Port} {sink.Path}"));
        Assert.Equal(["https://collector.internal:4317/ Grpc env:OTLP_HEADERS", "http://127.0.0.1:4318/ HttpProtobuf "], metrics.Sinks.Skip(4).Select(sink => $"{sink.Endpoint} {sink.Protocol} {sink.Headers}"));
        Assert.Equal("every 5 min to nowhere", YamlText.Judge(YamlText.Smallest).Choose().Metrics.ToString());
    }

    [Theory]
    [InlineData("everyMinutes: 0", "InvalidValue", "everyMinutes")]
    [InlineData("tags: [host:me]", "InvalidValue", "tags[0]")]
    [InlineData("tags: [alone]", "InvalidValue", "tags[0]")]
    [InlineData("sinks: { agent: { port: 8125 } }", "MissingKey", "sinks.agent.kind")]
    [InlineData("sinks: { agent: { kind: statsd } }", "InvalidValue", "sinks.agent.kind")]
    [InlineData("sinks: { agent: { kind: dogStatsD, path: /run/x, port: 1 } }", "InvalidValue", "sinks.agent.port")]
    [InlineData("sinks: { node: { kind: prometheus } }", "MissingKey", "sinks.node.path")]
    [InlineData("sinks: { node: { kind: prometheus, path: acode.txt } }", "InvalidValue", "sinks.node.path")]
    [InlineData("sinks: { agent: { kind: dogStatsD, protocol: grpc } }", "InvalidValue", "sinks.agent.protocol")]
    [InlineData("sinks: { node: { kind: prometheus, path: a.prom, endpoint: \"http://x\" } }", "InvalidValue", "sinks.node.endpoint")]
    [InlineData("sinks: { far: { kind: otlp } }", "MissingKey", "sinks.far.endpoint")]
    [InlineData("sinks: { far: { kind: otlp, endpoint: \"ftp://x\" } }", "InvalidValue", "sinks.far.endpoint")]
    [InlineData("sinks: { far: { kind: otlp, endpoint: \"http://x\", path: /y } }", "InvalidValue", "sinks.far.path")]
    [InlineData("sinks: { far: { kind: otlp, endpoint: \"http://x\", headers: \"profile:me\" } }", "InvalidValue", "sinks.far.headers")]
    [InlineData("sinks: { \"the agent\": { kind: dogStatsD } }", "InvalidValue", "sinks.the agent")]
    public void What_is_wrong_is_found_where_it_is(string section, string rule, string target)
    {
        Finding error = Assert.Single(YamlText.Errors(With("      " + section)));
        Assert.Equal((rule, $"environments.production.metrics.{target}"), (error.Rule, error.Target));
    }

    private static string With(string section) => $"{YamlText.Smallest}\n    metrics:\n{section}\n";
}
