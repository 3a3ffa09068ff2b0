namespace AcodeOps.Lab.Driver;

/// <summary>The words after <c>shell</c>, named as those of <c>pwsh</c>.</summary>
internal sealed record ShellOptions(string? Command, string? Script, IReadOnlyList<string> ScriptArguments, bool NonInteractive, bool NoModule)
{
    public static ShellOptions Parse(IReadOnlyList<string> words)
    {
        bool nonInteractive = false;
        bool noModule = false;
        for (int i = 0; i < words.Count; i++)
        {
            switch (words[i].ToUpperInvariant())
            {
                case "-NONINTERACTIVE":
                    nonInteractive = true;
                    break;
                case "-NOMODULE":
                    noModule = true;
                    break;
                case "-NOPROFILE" or "-NOLOGO":
                    break;
                case "-C" or "-COMMAND":
                    return new ShellOptions(string.Join(' ', words.Skip(i + 1)), null, [], nonInteractive, noModule);
                case "-F" or "-FILE" when i + 1 < words.Count:
                    return new ShellOptions(null, words[i + 1], [.. words.Skip(i + 2)], nonInteractive, noModule);
                case ['-', ..]:
                    throw new DriverException($"The lab's shell does not know {words[i]}: [-NonInteractive] [-NoModule] [-c text | [-File] script arguments].");
                default:
                    return new ShellOptions(null, words[i], [.. words.Skip(i + 1)], nonInteractive, noModule);
            }
        }

        return new ShellOptions(null, null, [], nonInteractive, noModule);
    }
}
