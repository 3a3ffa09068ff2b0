using AcodeOps.Configuration.Applied;
using AcodeOps.Configuration.Comparing;

namespace AcodeOps.Configuration.Publishing;

/// <summary>Makes the record of a resource that is as it should be.</summary>
internal static class AppliedReading
{
    public static AppliedResource Of(DesiredResource desired, AirbyteResource live) => new()
    {
        Kind = desired.Kind,
        Path = desired.Path,
        Id = live.Id,
        Name = desired.Name,
        Desired = desired.Settings,
        SourcePath = desired.SourcePath,
        DestinationPath = desired.DestinationPath,
        LiveName = live.Name,
        Live = live.Settings,
        Fingerprints = desired.Fingerprints,
    };
}
