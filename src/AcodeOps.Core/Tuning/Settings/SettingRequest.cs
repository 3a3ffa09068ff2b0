using System.Globalization;
using System.Text;
using AcodeOps.Tuning.Settings;

namespace AcodeOps;

/// <summary>What a partner is asked to change on a server of theirs: nothing of it is ours to change.</summary>
/// <param name="Source">The source.</param>
/// <param name="Server">The server and its version.</param>
/// <param name="Text">The request in English and in Portuguese, ready to be sent. It holds no secret.</param>
public sealed record SettingRequest(SourceRole Source, string Server, string Text)
{
    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>The request for some changes.</summary>
    public static SettingRequest Of(SourceDefinition source, ServerVersion version, IReadOnlyList<SettingChange> changes)
    {
        string server = $"{source.Host ?? source.Role.ToString()} ({version})";
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"--- Request: settings of {server} ---\n");
        text.Append("Please consider these changes. Each says what we have seen; none makes less sure that a committed row is kept.\n");
        Append(text, changes, version, "now", "proposed", "seen", "after the next restart");
        text.Append(CultureInfo.InvariantCulture, $"\n--- Pedido: parâmetros de {server} ---\n");
        text.Append("Por favor, avaliem estas alterações. Cada uma diz o que observamos (em inglês); nenhuma reduz a garantia de que uma linha confirmada é mantida.\n");
        Append(text, changes, version, "atual", "proposto", "observado", "após o próximo reinício");
        return new SettingRequest(source.Role, server, text.ToString().TrimEnd());
    }

    private static void Append(StringBuilder text, IReadOnlyList<SettingChange> changes, ServerVersion version, string now, string proposed, string seen, string restart)
    {
        foreach ((SettingChange change, int number) in changes.Select((change, i) => (change, i + 1)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {number}.  {change.Variable}: {now} {change.Current}, {proposed} {change.Proposed}{(change.Effect == SettingEffect.Restart ? $" ({restart})" : "")}\n");
            text.Append(CultureInfo.InvariantCulture, $"      {seen}: {change.Evidence}\n");
            foreach (string way in new[] { SettingStatements.Statement(change, version), SettingStatements.Line(change, version) is { } line ? $"[mysqld] {line}" : null }.OfType<string>())
            {
                text.Append(CultureInfo.InvariantCulture, $"      {way}\n");
            }
        }
    }
}
