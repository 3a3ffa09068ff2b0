using System.Text.RegularExpressions;
using AcodeOps.Tuning.Settings;
using static AcodeOps.SqlIdentifier;

namespace AcodeOps.Tuning.Indexes;

/// <summary>The statements that make, show and drop indexes, in the words of a server's version.</summary>
public static partial class IndexStatements
{
    private const int LongestName = 64;

    /// <summary>The name of an index that this product makes.</summary>
    public static string NameOf(IEnumerable<string> columns)
    {
        string name = $"acode_{NotPlain().Replace(string.Join('_', columns).ToLowerInvariant(), "_")}";
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    /// <summary>Whether the server can keep an index from the optimizer until it has proven itself.</summary>
    public static bool CanHide(ServerVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.IsFrom(new Version(8, 0), new Version(10, 6));
    }

    /// <summary>Makes an index while the table is read and written; hidden where the server can.</summary>
    public static string Add(string table, string name, IEnumerable<string> columns, ServerVersion version) =>
        $"ALTER TABLE {Quote(table)} ADD INDEX {Quote(name)} ({string.Join(", ", columns.Select(Quote))}){(CanHide(version) ? $" {Hidden(version)}" : "")}, ALGORITHM=INPLACE, LOCK=NONE";

    /// <summary>Lets the optimizer use an index, or keeps it from it; only where the server can.</summary>
    public static string Show(string table, string name, bool visible, ServerVersion version) =>
        $"ALTER TABLE {Quote(table)} ALTER INDEX {Quote(name)} {(visible ? (version.Flavor == SourceFlavor.MySql ? "VISIBLE" : "NOT IGNORED") : Hidden(version))}";

    /// <summary>Drops an index.</summary>
    public static string Drop(string table, string name) => $"ALTER TABLE {Quote(table)} DROP INDEX {Quote(name)}, ALGORITHM=INPLACE, LOCK=NONE";

    /// <summary>Counts the values of a table's indexes anew, on this server alone.</summary>
    public static string Analyze(string table) => $"ANALYZE NO_WRITE_TO_BINLOG TABLE {Quote(table)}";

    /// <summary>How an index that nobody is known to need goes away: hidden first where the server can, so that it is back in a moment.</summary>
    public static string GoAway(string table, string name, ServerVersion version) => CanHide(version) ? Show(table, name, visible: false, version) : Drop(table, name);

    /// <summary>What to do about an index that nobody is known to need, in a sentence.</summary>
    public static string HowToGoAway(string table, string name, ServerVersion version) => CanHide(version)
        ? $"`{Show(table, name, visible: false, version)}` hides it in a moment, and is as fast undone; once nobody has missed it for a month: `{Drop(table, name)}`."
        : $"`{Drop(table, name)}`, once nobody is known to need it; making it again takes as long as it took.";

    private static string Hidden(ServerVersion version) => version.Flavor == SourceFlavor.MySql ? "INVISIBLE" : "IGNORED";

    [GeneratedRegex("[^a-z0-9_]")]
    private static partial Regex NotPlain();
}
