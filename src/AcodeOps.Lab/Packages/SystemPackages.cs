namespace AcodeOps.Lab.Packages;

/// <summary>Programs that come with the machine's own packages, as unpacking them would not be enough.</summary>
internal static class SystemPackages
{
    /// <summary>The path of a program; installs its packages by apt-get where it is missing, as root or with sudo, and says so.</summary>
    /// <exception cref="LabException">It is missing and cannot be installed; one sentence says what to do.</exception>
    public static async Task<string> ProgramAsync(string program, IReadOnlyList<string> packages, Action<string> say, CancellationToken cancel)
    {
        if (Find(program) is { } there)
        {
            return there;
        }

        string byHand = $"apt-get install {string.Join(' ', packages)}";
        if (await PrefixAsync(cancel) is not { } prefix)
        {
            throw new LabException($"The program {program} is missing, and installing it needs root or sudo: {byHand}.");
        }

        say($"installing {string.Join(", ", packages)} by apt-get …");
        string[][] commands = [["apt-get", "-q", "update"], ["apt-get", "-q", "install", "-y", "--no-install-recommends", .. packages]];
        foreach (string[] command in commands)
        {
            string[] whole = [.. prefix, .. command];
            ToolRun run = await ToolRun.RunAsync(
                whole[0], whole[1..], cancel, environment: new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" });
            if (run.ExitCode != 0)
            {
                throw new LabException($"The program {program} is missing and could not be installed ({byHand}): {run.Tail(2)}");
            }
        }

        return Find(program) ?? throw new LabException($"The program {program} is missing, also after {byHand}.");
    }

    private static async Task<string[]?> PrefixAsync(CancellationToken cancel)
    {
        if (Find("apt-get") is null)
        {
            return null;
        }

        if (Environment.IsPrivilegedProcess)
        {
            return [];
        }

        // Without asking for a password: nobody may be there to give it.
        return Find("sudo") is { } sudo && (await ToolRun.RunAsync(sudo, ["-n", "true"], cancel)).ExitCode == 0 ? [sudo, "-n"] : null;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
