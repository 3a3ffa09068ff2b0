namespace AcodeOps.Access;

/// <summary>
/// Declares what a cmdlet needs, and for whom: the only source of policies, of the check of what one may do, and of their
/// documentation. What a base class declares holds for all that derive from it. A cmdlet may bear several, where one role needs more
/// of it than another.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class NeedsAttribute : Attribute
{
    /// <summary>For the roles that the cmdlet names elsewhere, as of a base class.</summary>
    public NeedsAttribute(params Need[] needs) => Needs = needs;

    /// <summary>For these roles; without needs, the cmdlet works on this machine alone.</summary>
    public NeedsAttribute(AccessRole roles, params Need[] needs) => (Roles, Needs) = (roles, needs);

    /// <summary>The roles that it is for; null for those of the cmdlet.</summary>
    public AccessRole? Roles { get; }

    /// <summary>What is needed.</summary>
    public IReadOnlyList<Need> Needs { get; }
}
