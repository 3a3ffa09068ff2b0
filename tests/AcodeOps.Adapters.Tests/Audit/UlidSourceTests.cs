namespace AcodeOps.Adapters.Tests.Audit;

public sealed class UlidSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_grow_within_a_millisecond_and_when_the_clock_steps_back()
    {
        UlidSource source = new();
        List<string> ids = [.. Enumerable.Range(0, 1000).Select(i => source.Next(Now.AddMilliseconds(i % 3 == 0 ? -i : i / 100)))];

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(1000, ids.Distinct().Count());
    }

    [Fact]
    public void An_id_tells_its_millisecond() =>
        Assert.Equal(Now.AddMilliseconds(7), Ulid.Parse(new UlidSource().Next(Now.AddMilliseconds(7)), System.Globalization.CultureInfo.InvariantCulture).Time);

    [Fact]
    public async Task Many_threads_get_different_ids()
    {
        UlidSource source = new();

        string[][] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 2000).Select(_ => source.Next(Now)).ToArray())));

        Assert.Equal(16_000, ids.SelectMany(i => i).Distinct().Count());
    }

    [Fact]
    public void Two_processes_do_not_make_the_same_id_of_one_instant() =>
        Assert.NotEqual(new UlidSource().Next(Now), new UlidSource().Next(Now));
}
