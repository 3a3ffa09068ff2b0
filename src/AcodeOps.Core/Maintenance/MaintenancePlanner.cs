using AcodeOps.Access;

namespace AcodeOps.Maintenance;

/// <summary>What was asked of the maintenance.</summary>
public sealed record MaintenanceRequest
{
    /// <summary>The tasks that are left out.</summary>
    public IReadOnlyCollection<MaintenanceTask> Skip { get; init; } = [];

    /// <summary>How long performance is measured, in seconds.</summary>
    public int MeasureSeconds { get; init; } = 60;

    /// <summary>How many closed days of data are tested.</summary>
    public int QualityDays { get; init; } = 1;

    /// <summary>What each cmdlet of the module needs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Need>> Needs { get; init; }
}

/// <summary>Plans a run of the maintenance: what is to be cleared is looked for, so that who consents knows how much it is. Changes nothing.</summary>
/// <param name="installation">The installation.</param>
public sealed class MaintenancePlanner(IInstallation installation)
{
    /// <summary>Plans it.</summary>
    /// <exception cref="AcodeException">
    /// <c>MaintenanceEmpty</c>: every task is left out. <c>ClearingTooWide</c>, <c>ClearingOfLake</c>, <c>ClearingOfKeptStorage</c>: the environment names a
    /// folder that must not be cleared.
    /// </exception>
    public async Task<MaintenancePlan> PlanAsync(MaintenanceRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        MaintenanceTask[] tasks = [.. Enum.GetValues<MaintenanceTask>().Where(task => !request.Skip.Contains(task))];
        if (tasks.All(task => task == MaintenanceTask.Trends))
        {
            throw new AcodeException("MaintenanceEmpty", FailureClass.InvalidInput, "Every task of the maintenance is left out.") { Advice = "Leave fewer out by -Skip." };
        }

        List<string> notes = [];
        List<PlannedClearing> clearings = [];
        bool clears = tasks.Contains(MaintenanceTask.CleanUp);
        foreach (ClearingDefinition clearing in clears ? installation.Environment.Maintenance.Clear : [])
        {
            clearings.Add(await PlanAsync(clearing, notes, cancel).ConfigureAwait(false));
        }

        return new MaintenancePlan
        {
            Environment = installation.Environment.Name,
            PlannedAt = installation.Clock.GetUtcNow(),
            Tasks = tasks,
            MeasureSeconds = request.MeasureSeconds,
            QualityDays = request.QualityDays,
            Clearings = clearings,
            FailedPodHours = clears ? installation.Environment.Maintenance.FailedPodHours : null,
            Needs = request.Needs,
            Notes = notes,
        };
    }

    // What is wrong in the environment file is told now. What may have passed by when it is done, a running sync or a storage that is away, is told there.
    private async Task<PlannedClearing> PlanAsync(ClearingDefinition clearing, List<string> notes, CancellationToken cancel)
    {
        TimeSpan age = TimeSpan.FromDays(clearing.OlderThanDays);
        try
        {
            (StorageClearing found, _) = await new StorageCleaner(installation).FindAsync(clearing.Storage, clearing.Prefix, age, cancel).ConfigureAwait(false);
            return new PlannedClearing(clearing.Storage, clearing.Prefix, found.Before) { Objects = found.Objects, Bytes = found.Bytes };
        }
        catch (AcodeException failure) when (failure.Id is "SyncRunning" or "RoutesUnknown" || failure.Cause != FailureClass.Refused)
        {
            notes.Add($"What is to be cleared below {clearing.Prefix} is not known yet: {failure.Message}");
            return new PlannedClearing(clearing.Storage, clearing.Prefix, installation.Clock.GetUtcNow() - age);
        }
    }
}
