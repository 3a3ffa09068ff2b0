using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>What the weekly maintenance clears.</summary>
internal static class MaintenanceSection
{
    public static MaintenanceDefinition Read(MappingReader r) => new()
    {
        Clear = r.Has("clear") ? r.RequiredItems("clear", ReadClearing) : [],
        FailedPodHours = r.Optional("failedPodHours", ValueKinds.Number(1, 8_760)),
    };

    private static ClearingDefinition ReadClearing(MappingReader r) => new(
        r.Optional("storage", ValueKinds.Choice(StorageRole.Primary, StorageRole.Quarantine)) ?? StorageRole.Primary,
        r.Required("prefix", ValueKinds.Text),
        r.Required("olderThanDays", ValueKinds.Whole(1, 36_500)) ?? 1);
}
