using System.Globalization;
using System.Text;

namespace AcodeOps.Maintenance;

/// <summary>
/// Deletes pods of Airbyte's namespace that have failed, by the cluster's own field selector and older than an age; each only after the logs of its
/// containers are saved in the quarantine storage.
/// </summary>
/// <param name="installation">The installation.</param>
internal sealed class FailedPodCleaner(IInstallation installation)
{
    private const string Root = "acode_pod_logs/";

    /// <summary>Saves and deletes. What fails with one pod leaves the others to be cleared.</summary>
    /// <param name="age">How long ago they must have ended, or begun where the cluster does not tell their end.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="AcodeException"><c>ClusterNotDefined</c>, <c>StorageNotDefined</c>, or the cluster's failure to list them.</exception>
    public async Task<PodClearing> ClearAsync(TimeSpan age, CancellationToken cancel)
    {
        ICluster cluster = installation.Cluster ?? throw new AcodeException(
            "ClusterNotDefined", FailureClass.InvalidInput, $"Environment '{installation.Environment.Name}' has maintenance.failedPodHours, and no kubernetes section.")
        {
            Advice = "Add the section kubernetes, or leave failedPodHours out.",
        };
        IObjectStore store = installation.Storage(StorageRole.Quarantine);
        DateTimeOffset before = installation.Clock.GetUtcNow() - age;
        List<string> deleted = [];
        List<AcodeException> failures = [];
        foreach (FailedPod pod in (await cluster.ListFailedPodsAsync(cancel).ConfigureAwait(false)).Where(pod => pod.EndedAt < before))
        {
            try
            {
                string place = await SaveAsync(cluster, store, pod, cancel).ConfigureAwait(false);
                await cluster.DeletePodAsync(pod, cancel).ConfigureAwait(false);
                deleted.Add($"{pod} deleted; logs at s3://{store.Definition.Bucket}/{place}");
            }
            catch (AcodeException failure)
            {
                failures.Add(failure);
            }
        }

        return new PodClearing { Deleted = deleted, Failures = failures };
    }

    // A container that never began has no log: that is written down, and is no failure.
    private async Task<string> SaveAsync(ICluster cluster, IObjectStore store, FailedPod pod, CancellationToken cancel)
    {
        StringBuilder text = new($"{pod}, uid {pod.Uid}\n");
        foreach (string container in pod.Containers)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n=== {container}\n").Append(await cluster.ReadLogAsync(pod, container, cancel).ConfigureAwait(false) ?? "(no log)\n");
        }

        BucketTraits traits = await store.ReadTraitsAsync(cancel).ConfigureAwait(false);
        string key = string.Create(CultureInfo.InvariantCulture, $"{store.Definition.Prefix}{Root}{Uri.EscapeDataString(installation.Environment.Name)}/{pod.EndedAt.UtcDateTime:yyyy'/'MM'/'dd}/{Uri.EscapeDataString(pod.Name)}.{Uri.EscapeDataString(pod.Uid)}.log");
        PutOptions options = new() { Encrypt = store.Definition.KmsKey is not null || traits.DefaultEncryption is "", ContentType = "text/plain; charset=utf-8" };
        await store.PutAsync(key, Encoding.UTF8.GetBytes(text.ToString()), options, cancel).ConfigureAwait(false);
        return key;
    }
}

/// <summary>What came of clearing failed pods.</summary>
internal sealed record PodClearing
{
    /// <summary>The pods that were deleted, with where their logs are, one a line.</summary>
    public IReadOnlyList<string> Deleted { get; init => field = value.ToArray(); } = [];

    /// <summary>What kept others from being deleted.</summary>
    public IReadOnlyList<AcodeException> Failures { get; init => field = value.ToArray(); } = [];
}
