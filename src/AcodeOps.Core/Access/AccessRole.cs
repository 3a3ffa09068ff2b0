namespace AcodeOps;

/// <summary>What somebody is to the installation; each role is a set of cmdlets, and has the permissions that those declare.</summary>
[Flags]
public enum AccessRole
{
    /// <summary>Looks at everything and changes nothing.</summary>
    Viewer = 1,

    /// <summary>Switches, recovers, syncs, publishes, moves data; and all that a viewer does.</summary>
    Operator = 2,

    /// <summary>Reads and replaces credentials.</summary>
    Rotator = 4,

    /// <summary>Reads the audit trail and the journals, and nothing of the data.</summary>
    Auditor = 8,

    /// <summary>All of them.</summary>
    Everyone = Viewer | Operator | Rotator | Auditor,
}
