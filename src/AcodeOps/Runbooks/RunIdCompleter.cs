using System.Globalization;
using AcodeOps.Environments;
using AcodeOps.Shell;

namespace AcodeOps.Runbooks;

/// <summary>Completes the ids of this machine's runs, the newest first, each with when it began. It asks no server: runs of other machines are not offered.</summary>
public sealed class RunIdCompleter : NameCompleter
{
    private const int MostOffered = 50;

    /// <inheritdoc />
    protected override IEnumerable<(string Name, string? Tip)> Names() => ConnectedEnvironment.OfThisRunspace is { } connected
        ? connected.Installation.Journals.ListAsync(CancellationToken.None).ToBlockingEnumerable().OrderDescending(StringComparer.Ordinal).Take(MostOffered)
            .Select(run => (run, UlidTime.TryRead(run) is { } at ? string.Create(CultureInfo.InvariantCulture, $"begun {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : null))
        : [];
}
