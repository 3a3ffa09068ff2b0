namespace AcodeOps.Tuning.Indexes;

/// <summary>One part of an index, in its order.</summary>
/// <param name="Column">The column; null for an expression.</param>
/// <param name="PrefixLength">How much of the column is in the index; null for all of it.</param>
/// <param name="IsDescending">True where it is kept from the greatest value to the least.</param>
/// <param name="Expression">The expression; null for a column.</param>
public sealed record IndexPart(string? Column, int? PrefixLength = null, bool IsDescending = false, string? Expression = null)
{
    /// <summary>True where it is this column, and all of it.</summary>
    public bool IsWhole(string column) => PrefixLength is null && column.Equals(Column, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where both keep the same in the same order.</summary>
    public bool IsSameAs(IndexPart other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Column, other.Column, StringComparison.OrdinalIgnoreCase) && PrefixLength == other.PrefixLength && IsDescending == other.IsDescending && Expression == other.Expression;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Column ?? $"({Expression})"}{(PrefixLength is { } length ? $"({length})" : "")}{(IsDescending ? " DESC" : "")}";
}
