namespace AcodeOps.Access;

/// <summary>What one cmdlet declares.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Declared">Its declarations, its base classes' included.</param>
public sealed record CmdletAccess(string Name, IReadOnlyList<NeedsAttribute> Declared)
{
    /// <summary>The roles whose work it is.</summary>
    public AccessRole Roles { get; } = Including(Declared.Aggregate((AccessRole)0, (all, one) => all | (one.Roles ?? 0)));

    /// <summary>What it needs for a role; nothing where it is not that role's work.</summary>
    public IReadOnlyList<Need> For(AccessRole role) => (Roles & role) == 0
        ? []
        : [.. Declared.Where(one => one.Roles is not { } roles || (Including(roles) & role) != 0).SelectMany(one => one.Needs).Distinct().Order()];

    /// <summary>All that it can need, whoever runs it.</summary>
    public IReadOnlyList<Need> All => [.. Declared.SelectMany(one => one.Needs).Distinct().Order()];

    // An operator does all that a viewer does.
    private static AccessRole Including(AccessRole roles) => (roles & AccessRole.Viewer) != 0 ? roles | AccessRole.Operator : roles;
}
