using AcodeOps.Adapters.MySql;
using AcodeOps.Adapters.Tests.MySql;
using AcodeOps.Runbooks;
using AcodeOps.Tuning;

namespace AcodeOps.Adapters.Tests.Tuning;

/// <summary>An installation of which one real source, this machine and, where given, a cluster exist.</summary>
internal sealed class MeasuredSource(MySqlSource source, TimeProvider clock, IMachineUsage usage, ICluster? cluster = null) : PartialInstallation
{
    public override AcodeEnvironment Environment { get; } = SourceUnderTest.Environment("UTC") with
    {
        Sources = [source.Definition],
        Kubernetes = cluster is null ? null : new KubernetesDefinition(),
    };

    public override TimeProvider Clock => clock;

    public override ICluster? Cluster => cluster;

    public override IMachine Machine => Adapters.Machine.This;

    public override IMachineUsage MachineUsage => usage;

    public override ISource Source(SourceRole role) => source;
}
