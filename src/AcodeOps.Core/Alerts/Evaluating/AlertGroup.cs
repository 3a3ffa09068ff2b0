namespace AcodeOps;

/// <summary>What a rule says of one of its groups.</summary>
/// <param name="Group">The tags that make it: <c>route:primary</c>; empty where the rule has but one.</param>
/// <param name="State">What it says.</param>
/// <param name="Value">The figure that was held against the threshold, in the rule's unit; null where there is none.</param>
public sealed record AlertGroup(string Group, AlertState State, double? Value)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{(Group.Length == 0 ? "" : $"{Group}: ")}{State}{(Value is { } value ? $" ({value:0.####})" : "")}");
}
