namespace AcodeOps.Module.Tests.Access;

/// <summary>The roles, as the module names them.</summary>
[Flags]
internal enum AccessRole
{
    Viewer = 1,
    Operator = 2,
    Rotator = 4,
    Auditor = 8,
}
