namespace AcodeOps;

/// <summary>Who made a difference between the files and Airbyte, by what was applied last.</summary>
public enum ChangeOrigin
{
    /// <summary>Nothing was applied from here that it could be held against, or what was is not readable.</summary>
    Unknown,

    /// <summary>The files have changed since.</summary>
    Change,

    /// <summary>Somebody has changed it at Airbyte since.</summary>
    Drift,

    /// <summary>Both have changed, differently.</summary>
    Conflict,
}
