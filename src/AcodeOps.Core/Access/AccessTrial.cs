namespace AcodeOps.Access;

/// <summary>What is known of a permission.</summary>
public enum AccessAnswer
{
    /// <summary>Could not be found out; never counts as allowed.</summary>
    Unknown,

    /// <summary>It is there.</summary>
    Allowed,

    /// <summary>It is not there.</summary>
    Denied,
}

/// <summary>What was found out of a permission, and how.</summary>
/// <param name="Answer">What.</param>
/// <param name="Evidence">What was asked and answered, in a few words; never a secret.</param>
public sealed record AccessTrial(AccessAnswer Answer, string Evidence);
