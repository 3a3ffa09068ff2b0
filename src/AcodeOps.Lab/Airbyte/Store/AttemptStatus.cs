namespace AcodeOps.Lab.Airbyte.Store;

internal enum AttemptStatus
{
    Running,
    Failed,
    Succeeded,
}
