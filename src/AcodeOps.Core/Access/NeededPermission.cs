namespace AcodeOps.Access;

/// <summary>A permission at AWS, and the cmdlets that cannot do without.</summary>
internal sealed record NeededPermission(AwsPermission Permission, IReadOnlyList<string> Cmdlets)
{
    /// <summary>What cmdlets declare, put together.</summary>
    /// <param name="needs">The needs of each cmdlet.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="names">How its resources are named.</param>
    public static IReadOnlyList<NeededPermission> Of(IReadOnlyDictionary<string, IReadOnlyList<Need>> needs, AcodeEnvironment environment, AwsNames names) =>
    [
        .. AwsPermissions.Of([.. needs.Values.SelectMany(of => of).Distinct()], environment, names).Select(permission => new NeededPermission(
            permission,
            [.. needs.Where(cmdlet => AwsPermissions.Of(cmdlet.Value, environment, names).Any(permission.Covers)).Select(cmdlet => cmdlet.Key).Order(StringComparer.Ordinal)])),
    ];

    /// <summary>The cmdlets, in a line that stays short.</summary>
    public string NeededBy
    {
        get
        {
            const int Named = 4;
            string more = Cmdlets.Count > Named ? FormattableString.Invariant($" and {Cmdlets.Count - Named} more") : "";
            return $"needed by {string.Join(", ", Cmdlets.Take(Named))}{more}";
        }
    }
}
