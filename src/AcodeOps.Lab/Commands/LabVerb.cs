namespace AcodeOps.Lab.Commands;

/// <summary>The lab as people start it, break it and end it.</summary>
internal sealed class LabVerb : IVerb
{
    private static readonly IReadOnlyList<IVerb> Commands = [new LabUp(), new LabDown(), new LabStatus(), new LabFaultCommand()];

    public string Name => "lab";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        IVerb? command = Commands.FirstOrDefault(c => arguments.Count > 0 && c.Name == arguments[0]);
        if (command is null)
        {
            await Console.Error.WriteLineAsync($$"""
                usage: lab up [--flavor mysql|mariadb] [--rows N] [--days N] [--seed N] [--indexes] [--folder F]
                       lab status | down [--folder F]
                       lab fault [NAME ARGUMENT… | clear [NAME]] [--folder F]
                """);
            return 2;
        }

        try
        {
            return await command.RunAsync([.. arguments.Skip(1)], cancel);
        }
        catch (LabException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
