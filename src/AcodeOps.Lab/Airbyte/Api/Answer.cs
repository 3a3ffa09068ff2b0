using System.Text.Json.Nodes;
using AcodeOps.Lab.Airbyte.Store;
using Microsoft.AspNetCore.Http;

namespace AcodeOps.Lab.Airbyte.Api;

/// <summary>Good answers: one object, or a page of a public list.</summary>
internal static class Answer
{
    public static IResult Json(JsonObject body) => Results.Json(body, StoreJson.Options);

    public static IResult List(JsonArray body) => Results.Json(body, StoreJson.Options);

    /// <summary>
    /// One page of a list. As real servers do, <c>next</c> is set on every page that is not empty, also on the last, and its host is the
    /// server's own idea of its address: following it is a trap.
    /// </summary>
    public static IResult Page<T>(HttpRequest request, IEnumerable<T> all, Func<T, JsonObject> read)
    {
        int limit = Number(request, "limit", 20, 1, 100);
        int offset = Number(request, "offset", 0, 0, int.MaxValue);
        List<T> page = [.. all.Skip(offset).Take(limit)];
        string Link(int to) => $"http://localhost:8001/api/public{request.Path.Value!["/api/public".Length..]}?limit={limit}&offset={to}";
        return Json(new()
        {
            ["previous"] = offset > 0 ? Link(Math.Max(0, offset - limit)) : "",
            ["next"] = page.Count > 0 ? Link(offset + limit) : "",
            ["data"] = new JsonArray([.. page.Select(read)]),
        });
    }

    public static bool Flag(HttpRequest request, string name) => string.Equals(request.Query[name], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The ids of a repeated query parameter; none = no filter.</summary>
    public static HashSet<Guid> Ids(HttpRequest request, string name) => [.. request.Query[name]
        .SelectMany(v => v!.Split(',', StringSplitOptions.RemoveEmptyEntries))
        .Select(v => Guid.TryParse(v, out Guid id) ? id : throw Problem.BadRequest($"{name}: {v} is no UUID"))];

    private static int Number(HttpRequest request, string name, int fallback, int least, int most)
    {
        string text = request.Query[name].ToString();
        return text.Length == 0 ? fallback
            : int.TryParse(text, out int value) && value >= least && value <= most ? value
            : throw Problem.BadRequest($"{name} must be between {least} and {most}");
    }
}
