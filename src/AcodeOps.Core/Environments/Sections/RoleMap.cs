using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>What is defined by role. A role that is written and wrong is in <paramref name="Roles"/> only.</summary>
internal sealed record RoleMap<TRole, T>(IReadOnlyList<TRole> Roles, IReadOnlyList<T> Definitions)
    where TRole : struct, Enum
    where T : class
{
    /// <summary>Reads a mapping whose keys are roles; Primary must be there.</summary>
    public static RoleMap<TRole, T> Read(MappingReader reader, Func<TRole, MappingReader, T> read)
    {
        List<TRole> roles = [];
        List<T> definitions = [];
        foreach (TRole role in Enum.GetValues<TRole>())
        {
            string key = ValueKinds.CamelCase(role);
            if (reader.Has(key))
            {
                roles.Add(role);
            }

            T? definition = EqualityComparer<TRole>.Default.Equals(role, default)
                ? reader.RequiredSection(key, r => read(role, r))
                : reader.Section(key, r => read(role, r));
            if (definition is not null)
            {
                definitions.Add(definition);
            }
        }

        return new RoleMap<TRole, T>(roles, definitions);
    }
}
