using System.Collections;
using System.Globalization;
using AcodeOps.Audit;

namespace AcodeOps;

/// <summary>One fact of a notification.</summary>
/// <param name="Name">What it is: <c>Component</c>.</param>
/// <param name="Value">Its value as text.</param>
public sealed record NotificationFact(string Name, string Value)
{
    /// <summary>Facts of any shape as text, in their order: lists with commas between, maps as <c>name=value</c>. Secrets are masked.</summary>
    public static IReadOnlyList<NotificationFact> ListOf(IReadOnlyDictionary<string, object?> facts) =>
        [.. AuditDetails.Clean(facts).Select(fact => new NotificationFact(fact.Key, Shown(fact.Value)))];

    /// <summary>The fact with its secrets masked, by its name too.</summary>
    internal NotificationFact Cleaned()
    {
        (string name, object? value) = AuditDetails.Clean(new Dictionary<string, object?> { [Name] = Value }).Single();
        return new NotificationFact(name, Shown(value));
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        string text => text,
        IReadOnlyDictionary<string, object?> map => string.Join(", ", map.Select(entry => $"{entry.Key}={Shown(entry.Value)}")),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Shown)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
