namespace AcodeOps.Lab;

/// <summary>Every word of the lab's command line, one class each.</summary>
internal static class Verbs
{
    public static IReadOnlyList<IVerb> All { get; } = [new Airbyte.AirbyteVerb(), new Commands.LabVerb(), new Servers.Services.ServicesVerb()];
}
