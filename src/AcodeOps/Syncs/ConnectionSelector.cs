using AcodeOps.Shell;

namespace AcodeOps.Commands;

/// <summary>Finds the connections that a user means by names, ids, wildcards, or the objects of other commands.</summary>
internal static class ConnectionSelector
{
    /// <summary>Resolves what was given; names that nothing has go to <paramref name="missing"/>.</summary>
    public static async Task<IReadOnlyList<Guid>> SelectAsync(
        IAirbyteServer airbyte, string[] connections, Action<AcodeException> missing, CancellationToken cancel)
    {
        List<Guid> ids = [.. connections.Select(text => Guid.TryParse(text, out Guid id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
        string[] names = [.. connections.Where(text => !Guid.TryParse(text, out _))];
        if (names.Length > 0)
        {
            NameFilter filter = new(names);
            await foreach (Connection connection in airbyte.ListConnectionsAsync(cancel))
            {
                if (filter.IsMatch(connection.Name))
                {
                    ids.Add(connection.ConnectionId);
                }
            }

            foreach (string name in filter.Unmatched)
            {
                missing(NotFound(name));
            }
        }

        return [.. ids.Distinct()];
    }

    public static AcodeException NotFound(string connection) => new("ConnectionNotFound", FailureClass.NotFound, $"Airbyte has no connection '{connection}'.")
    {
        Advice = "`Get-AcodeConnection` lists what it has.",
        Subject = connection,
        IsFatal = false,
    };
}
