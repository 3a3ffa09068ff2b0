using AcodeOps.Lab.Faults;

namespace AcodeOps.Lab.Commands;

internal sealed class LabFaultCommand : IVerb
{
    public string Name => "fault";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        LabArguments given = new(arguments, ["--folder"], []);
        if (given.Words.Count == 0)
        {
            foreach (LabFault fault in LabFaults.All)
            {
                Console.WriteLine($"  {fault.Name,-21} {fault.Arguments,-40} {fault.Summary}");
            }

            return 0;
        }

        LabSite lab = LabSite.Attach(given.Folder);
        if (given.Words[0] == "clear")
        {
            IReadOnlyList<ActiveFault> undone = await LabFaults.ClearAsync(lab, given.Words.Count > 1 ? given.Words[1] : null, cancel);
            Console.WriteLine(undone.Count == 0 ? "no fault holds" : "cleared: " + string.Join(", ", undone));
            return 0;
        }

        await LabFaults.ApplyAsync(lab, given.Words[0], [.. given.Words.Skip(1)], cancel);
        Console.WriteLine($"holds: {string.Join(' ', given.Words)}");
        return 0;
    }
}
