using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>The tables that are ingested.</summary>
internal static class TableSection
{
    public static IReadOnlyList<TableDefinition> ReadAll(MappingReader environment)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        return environment.RequiredItems("tables", r =>
        {
            TableDefinition table = Read(r);
            if (table.Name is not null && !names.Add(table.Name))
            {
                r.Complain("name", new("DuplicateName", $"The table '{table.Name}' is here twice.") { Current = table.Name, Remedy = "Keep one of them." });
            }

            return table;
        });
    }

    private static TableDefinition Read(MappingReader r)
    {
        string name = r.Required("name", ValueKinds.Identifier);
        string? key = r.Optional("key", ValueKinds.Identifier);
        TableDefinition table = new()
        {
            Name = name,
            EventDate = r.Optional("eventDate", ValueKinds.Identifier),
            ProcessedAt = r.Optional("processedAt", ValueKinds.Identifier),
            Value = r.Optional("value", ValueKinds.Identifier),
            Pharmacy = r.Optional("pharmacy", ValueKinds.Identifier),
            LakeTable = r.Optional("lakeTable", ValueKinds.Identifier),
            Columns = r.Values("columns", ValueKinds.Identifier),
        };
        return key is null ? table : table with { Key = key };
    }
}
