namespace AcodeOps;

/// <summary>The namespace that runs Airbyte.</summary>
public sealed record KubernetesDefinition
{
    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "airbyte";

    /// <summary>The context of the kubeconfig; null for the current one.</summary>
    public string? Context { get; init; }

    /// <summary>The kubeconfig file; null for the usual places, or the pod's own account.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A label selector that narrows the pods; null for all of the namespace.</summary>
    public string? Selector { get; init; }

    /// <inheritdoc />
    public override string ToString() => Namespace;
}
