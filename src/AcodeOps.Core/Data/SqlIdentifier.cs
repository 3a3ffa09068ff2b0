namespace AcodeOps;

/// <summary>Names in statements of MySQL and MariaDB.</summary>
public static class SqlIdentifier
{
    /// <summary>Quotes a name: the only way in which a name may get into a statement.</summary>
    public static string Quote(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";
    }
}
