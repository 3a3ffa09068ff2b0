using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>The routes, in order of preference.</summary>
internal static class RouteSection
{
    private static readonly ValueKind<SourceRole?> Sources = ValueKinds.Choice<SourceRole>();
    private static readonly ValueKind<StorageRole?> Storages = ValueKinds.Choice(StorageRole.Primary, StorageRole.Backup);

    /// <summary>Reads the routes and holds them against each other and against the roles that are defined; null for roles that could not be read.</summary>
    public static IReadOnlyList<RouteDefinition> ReadAll(
        MappingReader environment, IReadOnlyList<SourceRole>? sources, IReadOnlyList<StorageRole>? storages)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> connections = new(StringComparer.Ordinal);
        HashSet<(SourceRole, StorageRole)> ends = [];
        return environment.RequiredItems("routes", r =>
        {
            SourceRole? source = r.Required("source", Sources);
            StorageRole? storage = r.Required("storage", Storages);
            string? name = r.Optional("name", ValueKinds.Word);
            RouteDefinition route = new()
            {
                Name = name ?? RouteDefinition.NameOf(source ?? SourceRole.Primary, storage ?? StorageRole.Primary),
                Source = source ?? SourceRole.Primary,
                Storage = storage ?? StorageRole.Primary,
                Connection = r.Required("connection", ValueKinds.Text),
                SyncMinutes = r.Optional("syncMinutes", ValueKinds.Number(0, 525_600)),
            };

            CheckDefined(r, "source", source, sources);
            CheckDefined(r, "storage", storage, storages);
            CheckFirst(r, "connection", route.Connection is null || connections.Add(route.Connection), "DuplicateConnection",
                $"The connection '{route.Connection}' serves another route already: a connection has one source and one destination.");
            if (source is not null && storage is not null)
            {
                CheckFirst(r, "storage", ends.Add((route.Source, route.Storage)), "DuplicateRoute",
                    $"There is a route from the {route.Source} source to the {route.Storage} storage already.");
                CheckFirst(r, "name", names.Add(route.Name), "DuplicateName", $"Another route is called '{route.Name}' already.");
            }

            return route;
        });
    }

    private static void CheckDefined<T>(MappingReader r, string key, T? role, IReadOnlyList<T>? defined) where T : struct, Enum
    {
        if (role is { } wanted && defined is not null && !defined.Contains(wanted))
        {
            string word = ValueKinds.CamelCase(wanted);
            r.Complain(key, new("UndefinedRole", $"The route uses the {word} {key}, which is not defined.")
            {
                Current = word,
                Remedy = $"Define it under {(key == "source" ? "sources" : "storages")}.{word}, or take the route out.",
            });
        }
    }

    private static void CheckFirst(MappingReader r, string key, bool isFirst, string rule, string message)
    {
        if (!isFirst)
        {
            r.Complain(key, new(rule, Printable.Of(message)) { Remedy = "Change one of the two, or take it out." });
        }
    }
}
