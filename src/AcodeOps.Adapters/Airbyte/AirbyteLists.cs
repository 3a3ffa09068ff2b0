using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AcodeOps.Adapters.Airbyte;

/// <summary>Reads lists to their end, page by page by an offset of its own: the "next" that Airbyte tells names a host of its own inside the cluster.</summary>
internal sealed class AirbyteLists(AirbyteCalls calls)
{
    /// <summary>The most that Airbyte gives at once.</summary>
    public const int Page = 100;

    /// <summary>All items of a list, each once.</summary>
    /// <param name="path">The list with its own parameters, up to and with the <c>?</c> or <c>&amp;</c> that another one follows.</param>
    /// <param name="first">How many the first page has; all others have as many as Airbyte gives.</param>
    /// <param name="toRecord">Makes an item's record.</param>
    /// <param name="idOf">What tells an item from others.</param>
    /// <param name="cancel">Ends the request.</param>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        string path, int first, Func<JsonElement, T?> toRecord, Func<T, object> idOf, [EnumeratorCancellation] CancellationToken cancel) where T : class
    {
        // Items move between pages when new ones come in meanwhile.
        HashSet<object> seen = [];
        int limit = first;
        for (int offset = 0; ; limit = Page)
        {
            AirbyteCall call = new(HttpMethod.Get, $"{path}limit={limit}&offset={offset}");
            JsonElement page = await calls.AskAsync(call, cancel).ConfigureAwait(false);
            if (page.Member("data") is not { ValueKind: JsonValueKind.Array } data)
            {
                throw calls.Errors.SomethingElse($"a list without data at {call}");
            }

            bool isNew = false;
            foreach (JsonElement item in data.EnumerateArray())
            {
                T record = toRecord(item) ?? throw calls.Incomplete(call);
                if (seen.Add(idOf(record)))
                {
                    isNew = true;
                    yield return record;
                }
            }

            offset += data.GetArrayLength();
            if (data.GetArrayLength() < limit || !isNew)
            {
                yield break;
            }
        }
    }
}
