namespace AcodeOps.Lab.Faults;

/// <summary>Every fault of the lab, by name.</summary>
public static class LabFaults
{
    public static IReadOnlyList<LabFault> All { get; } = [.. ProcessFaults.All, .. ReplicationFaults.All, .. SecretFaults.All, .. StorageFaults.All, .. SinkFaults.All];

    /// <summary>Applies a fault; one that holds already is left as it is.</summary>
    /// <exception cref="LabException">No such fault, or wrong arguments.</exception>
    public static async Task ApplyAsync(LabSite lab, string name, string[] arguments, CancellationToken cancel)
    {
        LabFault fault = Find(name);
        ActiveFault wanted = new(name, arguments);
        IReadOnlyList<ActiveFault> active = ActiveFault.Read(lab.Folder);
        if (active.Any(wanted.IsSameAs))
        {
            return;
        }

        // Noted first: what was half applied can still be undone.
        ActiveFault.Write(lab.Folder, active.Append(wanted));
        try
        {
            await fault.ApplyAsync(lab, arguments, cancel);
        }
        catch (LabException)
        {
            ActiveFault.Write(lab.Folder, active);
            throw;
        }
    }

    /// <summary>Undoes what holds, the latest first: all of it, or the faults of one name.</summary>
    /// <returns>What was undone.</returns>
    public static async Task<IReadOnlyList<ActiveFault>> ClearAsync(LabSite lab, string? name, CancellationToken cancel)
    {
        List<ActiveFault> undone = [];
        foreach (ActiveFault fault in ActiveFault.Read(lab.Folder).Reverse().Where(f => name is null || f.Name == name))
        {
            await Find(fault.Name).UndoAsync(lab, [.. fault.Arguments], cancel);
            undone.Add(fault);
            ActiveFault.Write(lab.Folder, ActiveFault.Read(lab.Folder).Where(f => !f.IsSameAs(fault)));
        }

        return undone;
    }

    internal static string Argument(string[] arguments, int index, string otherwise) => index < arguments.Length ? arguments[index] : otherwise;

    internal static string Argument(string[] arguments, int index, IReadOnlyCollection<string> allowed) =>
        index < arguments.Length && allowed.Contains(arguments[index]) ? arguments[index] : throw new LabException($"One of these is needed: {string.Join(", ", allowed)}.");

    internal static int Number(string[] arguments, int index, int otherwise) => index >= arguments.Length ? otherwise
        : int.TryParse(arguments[index], out int number) && number >= 0 ? number
        : throw new LabException($"{arguments[index]}: a whole number is needed.");

    private static LabFault Find(string name) => All.FirstOrDefault(f => f.Name == name) ?? throw new LabException($"There is no fault {name}: {string.Join(", ", All.Select(f => f.Name))}.");
}
