namespace AcodeOps;

/// <summary>What a move of objects has come to.</summary>
public enum DataMoveStatus
{
    /// <summary>Some objects were left where they were; running it again tries these again.</summary>
    Incomplete,

    /// <summary>All objects are at their new place.</summary>
    Moved,

    /// <summary>All objects are back at their old place.</summary>
    Returned,
}
