namespace AcodeOps.Health.Probes;

/// <summary>Judges the pods of Airbyte's namespace.</summary>
internal static class PodJudgement
{
    // A pod that has just been started may take this long to be ready.
    private static readonly TimeSpan Warmup = TimeSpan.FromMinutes(3);

    // Restarts happen; this many mean that something is wrong.
    private const int ManyRestarts = 5;

    public static Observation Judge(KubernetesDefinition definition, IReadOnlyList<Pod> pods, DateTimeOffset now)
    {
        if (pods.Count == 0)
        {
            return new Observation(Verdict.Unknown, $"There are no pods in the namespace '{definition.Namespace}'{(definition.Selector is { } s ? $" with {s}" : "")}.")
            {
                Cause = FailureClass.NotFound,
                ErrorId = "PodsNotFound",
                Remedy = $"Check kubernetes.namespace and kubernetes.selector in the environment file: `kubectl get pods -n {definition.Namespace}`.",
            };
        }

        // Pods of finished syncs stay behind as Succeeded, and say nothing.
        Pod[] living = [.. pods.Where(pod => pod.Phase != "Succeeded")];
        Pod[] stuck = [.. living.Where(pod => IsStuck(pod.Reason))];
        Pod[] failed = [.. living.Where(pod => pod.Phase == "Failed")];
        Pod[] untold = [.. living.Where(pod => pod.Phase == "Unknown")];
        Pod[] unready = [.. living.Except(stuck).Except(failed).Where(pod => !pod.IsReady && !(now - pod.StartedAt < Warmup))];
        Pod[] restarting = [.. living.Except(stuck).Where(pod => pod.Restarts >= ManyRestarts)];
        Observation seen =
            stuck.Length > 0 ? Bad(Verdict.Failed, "PodsStuck", $"{Names(stuck)} cannot run: {stuck[0].Reason}.", stuck[0], "logs", "--previous")
            : untold.Length > 0 ? Bad(Verdict.Unknown, "PodsUnknown", $"Kubernetes does not know the state of {Names(untold)}: its node may be gone.", untold[0], "describe pod", "")
            : unready.Length > 0 ? Bad(Verdict.Degraded, "PodsNotReady", $"{Names(unready)} {(unready.Length == 1 ? "is" : "are")} not ready.", unready[0], "describe pod", "")
            : failed.Length > 0 ? Bad(Verdict.Degraded, "PodsFailed", $"{Names(failed)} failed{(failed[0].Reason is { } reason ? $": {reason}" : "")}.", failed[0], "logs", "")
            : restarting.Length > 0 ? Bad(Verdict.Degraded, "PodsRestart", $"{Names(restarting)} restarted {restarting[0].Restarts} times.", restarting[0], "logs", "--previous")
            : new Observation(Verdict.Healthy, $"{living.Count(pod => pod.IsReady)} of {living.Length} pods are ready{(living.Length < pods.Count ? $"; {pods.Count - living.Length} finished" : "")}.");
        return seen with
        {
            Value = living.Count(pod => pod.IsReady),
            Unit = "pods",
            Threshold = living.Length,
            Evidence = [.. living.OrderBy(pod => pod.Name, StringComparer.Ordinal).Select(Fact)],
        };

        Observation Bad(Verdict verdict, string id, string summary, Pod worst, string verb, string option) => new(verdict, summary)
        {
            ErrorId = id,
            Remedy = $"`kubectl {verb} -n {definition.Namespace} {worst.Name} {option}".TrimEnd() + "` tells why.",
        };
    }

    private static bool IsStuck(string? reason) => reason is
        "CrashLoopBackOff" or "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError";

    private static string Names(Pod[] pods) => pods.Length == 1 ? pods[0].Name : $"{pods.Length} pods ({string.Join(", ", pods.Take(3).Select(p => p.Name))}{(pods.Length > 3 ? ", …" : "")})";

    private static string Fact(Pod pod) =>
        $"{pod.Name}: {pod.Phase}{(pod.IsReady ? ", ready" : "")}{(pod.Reason is { } reason ? $", {reason}" : "")}{(pod.Restarts > 0 ? $", {pod.Restarts} restarts" : "")}";
}
