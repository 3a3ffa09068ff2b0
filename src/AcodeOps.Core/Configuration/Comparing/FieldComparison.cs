using System.Text.Json.Nodes;
using AcodeOps.Configuration.Applied;

namespace AcodeOps.Configuration.Comparing;

/// <summary>
/// Holds one resource's fields three ways: what the files say, what Airbyte tells, and what was asked for and told when it was
/// applied last. Where neither side has changed since, a difference between them is the server's way of writing, and none.
/// </summary>
internal sealed class FieldComparison
{
    private readonly DesiredResource _desired;
    private readonly IReadOnlyDictionary<string, JsonNode> _wanted;
    private readonly IReadOnlyDictionary<string, JsonNode> _live;
    private readonly IReadOnlyDictionary<string, JsonNode> _wantedThen;
    private readonly IReadOnlyDictionary<string, JsonNode> _liveThen;
    private readonly IReadOnlyDictionary<string, JsonNode> _defaults;
    private readonly AppliedResource? _applied;
    private readonly bool _canTellSecrets;

    /// <param name="pair">The resource, with what Airbyte has.</param>
    /// <param name="defaults">The connector's defaults for the settings, by path.</param>
    /// <param name="canTellSecrets">True when the fingerprints of then were made with today's key.</param>
    public FieldComparison(ResourcePair pair, IReadOnlyDictionary<string, JsonNode> defaults, bool canTellSecrets)
    {
        (_desired, _applied, _defaults, _canTellSecrets) = (pair.Desired!, pair.Applied, defaults, canTellSecrets);
        _live = ResourceFields.Of(pair.Kind, pair.Live!.Name, pair.Live.Settings);
        _wanted = ResourceFields.Of(pair.Kind, _desired.Name, StreamNames.Aligned(_desired.Settings, pair.Live.Settings));
        _wantedThen = _applied is null ? _wanted : ResourceFields.Of(pair.Kind, _applied.Name, StreamNames.Aligned(_applied.Desired, pair.Live.Settings));
        _liveThen = _applied is null ? _live : ResourceFields.Of(pair.Kind, _applied.LiveName, _applied.Live);
    }

    /// <summary>The fields that differ, with who changed them.</summary>
    public IEnumerable<FieldDifference> Differences()
    {
        HashSet<string> whole = [.. _wanted.Keys.Concat(_live.Keys).Where(field => ConnectionFields.StreamOf(field) == field && _wanted.ContainsKey(field) != _live.ContainsKey(field))];
        foreach (string field in _wanted.Keys.Union(_live.Keys))
        {
            if (ConnectionFields.StreamOf(field) is { } stream && stream != field && whole.Contains(stream))
            {
                continue;
            }

            bool isSecret = _desired.SecretPaths.Contains(field) || IsMasked(_wanted, field) || IsMasked(_live, field);
            if ((isSecret ? OfSecret(field) : OfField(field)) is { } difference)
            {
                yield return difference;
            }
        }
    }

    private FieldDifference? OfField(string field)
    {
        JsonNode? wanted = _wanted.GetValueOrDefault(field), live = _live.GetValueOrDefault(field);
        if (AreSame(field, wanted, live) || (wanted is null && IsLeftToServer(field)))
        {
            return null;
        }

        bool filesChanged = !ResourceFields.AreSame(wanted, _wantedThen.GetValueOrDefault(field));
        bool liveChanged = !ResourceFields.AreSame(live, _liveThen.GetValueOrDefault(field));
        return OriginOf(filesChanged, liveChanged) is { } origin
            ? new FieldDifference(field, origin, Shown(field, _wanted), Shown(field, _live), _applied is null ? null : Shown(field, _wantedThen)) : null;
    }

    // Null where neither has changed since: then they differ in the way of writing only.
    private ChangeOrigin? OriginOf(bool filesChanged, bool liveChanged) => (_applied, _desired.IsAsAppliedByState) switch
    {
        (null, true) => ChangeOrigin.Drift,
        (null, false) => ChangeOrigin.Unknown,
        _ when filesChanged && liveChanged => ChangeOrigin.Conflict,
        _ when filesChanged => ChangeOrigin.Change,
        _ => liveChanged ? ChangeOrigin.Drift : null,
    };

    private bool AreSame(string field, JsonNode? wanted, JsonNode? live) => ResourceFields.AreSame(wanted, live)
        || (wanted is null != live is null && _defaults.TryGetValue(field, out JsonNode? byDefault) && ResourceFields.AreSame(wanted ?? live, byDefault));

    // Keys and cursors that the files do not name are the source's own.
    private static bool IsLeftToServer(string field) => field.EndsWith("].primaryKey", StringComparison.Ordinal) || field.EndsWith("].cursorField", StringComparison.Ordinal);

    private FieldDifference? OfSecret(string field)
    {
        string? wanted = _wanted.GetValueOrDefault(field)?.ToString(), live = _live.GetValueOrDefault(field)?.ToString();
        if (wanted is null or "" || live is null or "")
        {
            return OfField(field) is { } one ? one with { IsSecret = true, Wanted = Hidden(wanted), Live = Hidden(live), Applied = Hidden(one.Applied) } : null;
        }

        if (wanted == AirbyteResource.Mask)
        {
            return null;
        }

        string? then = _applied?.Fingerprints.GetValueOrDefault(field), now = _desired.Fingerprints.GetValueOrDefault(field);
        string? keptThen = _liveThen.GetValueOrDefault(field)?.ToString();
        bool? filesChanged = _applied is null && _desired.IsAsAppliedByState ? false : then is null || now is null || !_canTellSecrets ? null : then != now;
        bool? liveChanged = _applied is not null && IsCoordinate(live) && IsCoordinate(keptThen) ? live != keptThen : null;
        return (filesChanged, liveChanged) switch
        {
            (true, true) => Secret(field, ChangeOrigin.Conflict, "The secret has changed on both sides"),
            (true, _) => Secret(field, ChangeOrigin.Change, "The secret that the file refers to has changed"),
            (_, true) => Secret(field, ChangeOrigin.Drift, "Airbyte keeps another version of the secret than was applied"),
            (null, _) => Secret(field, ChangeOrigin.Unknown, now is null ? "The secret could not be read: whether Airbyte has it is not known" : "Whether Airbyte has this secret is not known"),
            _ => null,
        };
    }

    private static FieldDifference Secret(string field, ChangeOrigin origin, string note) => new(field, origin, Hidden("x"), Hidden("x"), null) { IsSecret = true, Note = note };

    private static bool IsMasked(IReadOnlyDictionary<string, JsonNode> fields, string field) => fields.GetValueOrDefault(field) is JsonValue value && value.ToString() == AirbyteResource.Mask;

    private static string? Hidden(string? value) => value is null or "" ? null : "(secret)";

    private static bool IsCoordinate(string? text) => text?.StartsWith(AirbyteResource.Coordinate, StringComparison.Ordinal) == true;

    private static string? Shown(string field, IReadOnlyDictionary<string, JsonNode> fields) =>
        ConnectionFields.StreamOf(field) == field ? ResourceFields.Show(fields.GetValueOrDefault($"{field}.syncMode")) : ResourceFields.Show(fields.GetValueOrDefault(field));
}

/// <summary>A field that differs.</summary>
internal sealed record FieldDifference(string Field, ChangeOrigin Origin, string? Wanted, string? Live, string? Applied)
{
    /// <summary>True for a secret: no value is in it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What is known of it besides.</summary>
    public string? Note { get; init; }
}
