using System.Globalization;
using System.Text;
using AcodeOps.Tuning.Indexes;

namespace AcodeOps;

/// <summary>What a partner is asked: an index on a server of theirs. Nothing of it is ours to change.</summary>
/// <param name="Source">The source.</param>
/// <param name="Server">The server and its version.</param>
/// <param name="Text">The request in English and in Portuguese, ready to be sent. It holds no secret.</param>
public sealed record IndexRequest(SourceRole Source, string Server, string Text)
{
    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>The request for an index.</summary>
    public static IndexRequest Of(SourceDefinition source, IndexPlan plan)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(plan);
        string server = $"{source.Host ?? source.Role.ToString()} ({plan.Version})";
        string size = plan.EstimatedBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.#} MiB") : "?";
        bool isHidden = IndexStatements.CanHide(plan.Version);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"--- Request: an index on {plan.Table.Name} at {server} ---\n");
        text.Append(CultureInfo.InvariantCulture, $"Please consider this index, of about {size}. It is built while the table is read and written{(isHidden ? ", and hidden from the optimizer until you show it" : "")}. Replicas build it after you: expect lag there.\n");
        Append(text, plan, isHidden, "now", "to show it", "to go back");
        text.Append(CultureInfo.InvariantCulture, $"\n--- Pedido: um índice em {plan.Table.Name} no servidor {server} ---\n");
        text.Append(CultureInfo.InvariantCulture, $"Por favor, avaliem este índice, de cerca de {size}. É criado enquanto a tabela é lida e escrita{(isHidden ? " e fica oculto do otimizador até que seja habilitado" : "")}. As réplicas o criam depois: esperem atraso nelas.\n");
        Append(text, plan, isHidden, "hoje", "para habilitar", "para desfazer");
        return new IndexRequest(source.Role, server, text.ToString().TrimEnd());
    }

    private static void Append(StringBuilder text, IndexPlan plan, bool isHidden, string now, string show, string back)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {plan.Statement};\n");
        text.Append(CultureInfo.InvariantCulture, $"  {show}: {(isHidden ? $"{IndexStatements.Show(plan.Table.Name, plan.Name, visible: true, plan.Version)}; " : "")}ANALYZE TABLE {SqlIdentifier.Quote(plan.Table.Name)};\n");
        text.Append(CultureInfo.InvariantCulture, $"  {back}: {IndexStatements.Drop(plan.Table.Name, plan.Name)};\n");
        foreach (PipelineStatement statement in plan.Table.Statements.Where(one => one.Columns[0].Equals(plan.Columns[0], StringComparison.OrdinalIgnoreCase)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {now}: {statement.Name}: {statement.Plan}\n");
        }
    }
}
