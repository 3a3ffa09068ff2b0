namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>Every so many minutes, hours, days, weeks or months.</summary>
internal sealed record BasicSchedule(string TimeUnit, long Units);
