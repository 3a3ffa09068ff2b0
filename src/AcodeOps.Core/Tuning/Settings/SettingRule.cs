using System.Globalization;

namespace AcodeOps.Tuning.Settings;

/// <summary>
/// A rule about how a server is set. A new one is one class in the folder Rules. It proposes one value, and says nothing more once
/// that is set; it never proposes what makes less sure that a committed row is kept.
/// </summary>
public abstract class SettingRule
{
    /// <summary>What its findings are known by.</summary>
    public abstract string Id { get; }

    /// <summary>How much it matters.</summary>
    public virtual FindingSeverity Severity => FindingSeverity.Warning;

    /// <summary>The change that it proposes; null where the server is set well, does not have the setting, or has not counted for long enough.</summary>
    public abstract SettingChange? Judge(ServerSettings server);

    /// <summary>A change of this rule's.</summary>
    private protected SettingChange Change(ServerSettings server, string variable, string proposed, string problem, string evidence, string gain, string? risk = null) => new()
    {
        Rule = Id,
        Severity = Severity,
        Variable = variable,
        Current = server.Text(variable) ?? "",
        Proposed = proposed,
        Effect = SettingCatalog.EffectOf(variable, server.Version),
        Problem = problem,
        Evidence = evidence,
        Gain = gain,
        Risk = risk,
    };

    /// <summary>A number as statements and sentences write it.</summary>
    private protected static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A size as people read it.</summary>
    private protected static string Size(long bytes) => bytes >= 1 << 30 && bytes % (1 << 30) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30} GiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.#} MiB");
}
