using System.Globalization;

namespace AcodeOps.Tuning.Settings;

/// <summary>How a change is made on a server: by a statement, by a line of its configuration file, or by both.</summary>
public static class SettingStatements
{
    /// <summary>The statement that makes it; null where only the file and a restart can.</summary>
    public static string? Statement(SettingChange change, ServerVersion version) => (CanPersist(change, version), change.Effect) switch
    {
        (true, SettingEffect.Now) => $"SET PERSIST {change.Variable} = {Literal(change.Proposed)}",
        (true, _) => $"SET PERSIST_ONLY {change.Variable} = {Literal(change.Proposed)}",
        (false, SettingEffect.Now) => $"SET GLOBAL {change.Variable} = {Literal(change.Proposed)}",
        _ => null,
    };

    /// <summary>The line below <c>[mysqld]</c> that keeps it over restarts; null where the server keeps it itself.</summary>
    public static string? Line(SettingChange change, ServerVersion version) => CanPersist(change, version) ? null : $"{change.Variable} = {change.Proposed}";

    /// <summary>The way in a sentence or two.</summary>
    public static string How(SettingChange change, ServerVersion version, bool isPartners)
    {
        string? statement = Statement(change, version), line = Line(change, version);
        string way = string.Join(" and ", new[] { statement is null ? null : $"`{statement}`", line is null ? null : $"`{line}` below [mysqld] in its configuration file" }.OfType<string>());
        return string.Create(CultureInfo.InvariantCulture, $"{(isPartners ? "Ask the partner for" : "Set it by")} {way}{(change.Effect == SettingEffect.Restart ? ", and a restart" : "")}.");
    }

    private static bool CanPersist(SettingChange change, ServerVersion version) => version.CanPersist && !SettingCatalog.IsFileOnly(change.Variable);

    private static string Literal(string value) => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? value : value is "ON" or "OFF" ? value : $"'{value}'";
}
