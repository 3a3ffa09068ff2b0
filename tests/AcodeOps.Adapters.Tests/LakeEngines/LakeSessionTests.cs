using System.Text.Json;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.LakeEngines;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Lab.LakeEngines;
using AcodeOps.Lab.Servers.Storage;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.LakeEngines;

/// <summary>The protocols of both engines, also where the other side misbehaves.</summary>
public sealed class LakeSessionTests
{
    private const int Rows = 1_234;

    private static readonly StorageKey Key = new("AKIDEXAMPLE", Guid.NewGuid().ToString("N"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LakeEngine.Trino)]
    [InlineData(LakeEngine.Athena)]
    public async Task An_answer_of_many_pages_comes_whole_and_as_text(LakeEngine engine)
    {
        await using LakeEngineServer server = await StartAsync();
        using ISqlSession session = Open(engine, server);

        List<IReadOnlyList<string?>> rows = await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel);

        Assert.Equal(Rows, rows.Count);
        Assert.Equal(["1233", "São João", null, "true"], rows[^1]);
        Assert.Equal(42, session.BytesRead);
    }

    [Theory]
    [InlineData(LakeEngine.Trino, "LakeQuestionFailed", FailureClass.NotFound)]
    [InlineData(LakeEngine.Athena, "LakeQuestionFailed", FailureClass.InvalidInput)]
    public async Task A_question_that_is_refused_is_told_in_the_engines_words(LakeEngine engine, string id, FailureClass cause)
    {
        await using LakeEngineServer server = await StartAsync(_ => Task.FromException<LakeAnswer>(new LakeQueryException("TABLE_NOT_FOUND", "Table 'x'\u001b[31m does not exist")));
        using ISqlSession session = Open(engine, server);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));

        Assert.Equal((id, cause), (refused.Id, refused.Cause));
        Assert.Contains("does not exist", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', refused.Message);
    }

    [Theory]
    [InlineData(LakeEngine.Trino)]
    [InlineData(LakeEngine.Athena)]
    public async Task A_question_that_takes_too_long_or_is_given_up_is_ended_there_too(LakeEngine engine)
    {
        await using LakeEngineServer server = await StartAsync();
        server.Athena.IsSlow = true;
        server.Trino.PageRows = 1;
        server.Misbehave = async (_, _) =>
        {
            await Task.Delay(50, Cancel);
            return false;
        };
        using (ISqlSession session = Open(engine, server, minutes: 0.005))
        {
            AcodeException late = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));
            Assert.Equal(("LakeQuestionTookTooLong", FailureClass.Timeout), (late.Id, late.Cause));
        }

        using (ISqlSession session = Open(engine, server))
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            stop.CancelAfter(TimeSpan.FromMilliseconds(500));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await session.AskAsync("SELECT 1", stop.Token).ToListAsync(Cancel));
        }

        Assert.Equal(2, engine == LakeEngine.Trino ? server.Trino.Ended : server.Athena.Stopped);
    }

    [Theory]
    [InlineData(LakeEngine.Trino)]
    [InlineData(LakeEngine.Athena)]
    public async Task What_passes_is_waited_for_and_nothing_is_asked_twice(LakeEngine engine)
    {
        await using LakeEngineServer server = await StartAsync();
        Dictionary<string, int> refusals = [];
        server.Misbehave = (request, context) =>
        {
            lock (refusals)
            {
                bool refuses = (refusals[request] = refusals.GetValueOrDefault(request) + 1) <= 2;
                context.Response.StatusCode = refuses ? 503 : 200;
                return Task.FromResult(refuses);
            }
        };
        using ISqlSession session = Open(engine, server);

        Assert.Equal(Rows, await session.AskAsync("SELECT 1", Cancel).CountAsync(Cancel));

        Assert.True(refusals.Count >= 3, string.Join(", ", refusals.Keys));
    }

    [Theory]
    [InlineData(LakeEngine.Trino, 401, "LakeEngineAccessDenied")]
    [InlineData(LakeEngine.Trino, 302, "LakeEngineAnswersSomethingElse")]
    [InlineData(LakeEngine.Trino, 500, "LakeEngineServerFault")]
    [InlineData(LakeEngine.Trino, 200, "LakeEngineAnswersSomethingElse")]
    [InlineData(LakeEngine.Athena, 403, "AthenaProtocolError")]
    [InlineData(LakeEngine.Athena, 200, "AthenaProtocolError")]
    public async Task What_is_no_answer_of_the_engines_is_told(LakeEngine engine, int status, string id)
    {
        await using LakeEngineServer server = await StartAsync();
        server.Misbehave = async (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://elsewhere.invalid/";
            await context.Response.Body.WriteAsync("<html>please log in</html>"u8.ToArray(), Cancel);
            return true;
        };
        using ISqlSession session = Open(engine, server);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));

        Assert.Equal(id, refused.Id);
    }

    [Theory]
    [InlineData(LakeEngine.Trino, """{"id":7}""")]
    [InlineData(LakeEngine.Trino, """{"id":"1","data":"no list"}""")]
    [InlineData(LakeEngine.Trino, """{"id":"1","data":[{"no":"row"}]}""")]
    [InlineData(LakeEngine.Trino, """{"id":"1","nextUri":["no address"]}""")]
    [InlineData(LakeEngine.Trino, "[]")]
    [InlineData(LakeEngine.Athena, """{"QueryExecutionId":7}""")]
    [InlineData(LakeEngine.Athena, """{"QueryExecutionId":"1","QueryExecution":"none"}""")]
    [InlineData(LakeEngine.Athena, """{"QueryExecutionId":"1","QueryExecution":{"Status":[1]}}""")]
    [InlineData(LakeEngine.Athena, """{"QueryExecutionId":"1","QueryExecution":{"Status":{"State":"SUCCEEDED"}},"ResultSet":{"Rows":"none"}}""")]
    public async Task Json_of_another_form_is_no_answer(LakeEngine engine, string json)
    {
        await using LakeEngineServer server = await StartAsync();
        server.Misbehave = async (_, context) =>
        {
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(json), Cancel);
            return true;
        };
        using ISqlSession session = Open(engine, server, minutes: 0.01);

        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));

        Assert.True(refused.Id is "LakeEngineAnswersSomethingElse" or "LakeQuestionTookTooLong", refused.ToString());
    }

    [Fact]
    public async Task The_password_goes_nowhere_else()
    {
        await using LakeEngineServer server = await StartAsync();
        await using LakeEngineServer other = await StartAsync();
        List<string> asked = [];
        other.Misbehave = (request, _) =>
        {
            asked.Add(request);
            return Task.FromResult(false);
        };
        server.Misbehave = async (request, context) =>
        {
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { id = "1", nextUri = new Uri(other.Url, "/v1/statement/executing/1/1") }), Cancel);
            return true;
        };
        using ISqlSession session = Open(LakeEngine.Trino, server);
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));
        Assert.Equal(("LakeEngineAnswersSomethingElse", 0), (refused.Id, asked.Count));

        LakeDefinition open = new() { Engine = LakeEngine.Trino, Url = new Uri("http://trino.example.com:8080"), Database = "acode", Credential = CredentialReference.TryParse("env:ACODE_TEST_TRINO") };
        using TrinoSession unencrypted = new(open, new HeldCredential(), TimeProvider.System);
        Assert.Equal("LakeEngineNotEncrypted", (await Assert.ThrowsAsync<AcodeException>(async () => await unencrypted.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel))).Id);
    }

    [Fact]
    public async Task A_password_that_was_replaced_meanwhile_is_read_again_and_a_wrong_one_is_told()
    {
        await using LakeEngineServer server = await StartAsync();
        HeldCredential held = new("old") { Rotated = "new" };
        server.Trino.Login = (held.UserName, "new");
        LakeDefinition definition = new() { Engine = LakeEngine.Trino, Url = server.Url, Database = "acode", Credential = HeldCredential.Reference };
        using TrinoSession session = new(definition, held, TimeProvider.System);
        Assert.Equal(Rows, await session.AskAsync("SELECT 1", Cancel).CountAsync(Cancel));

        server.Trino.Login = (held.UserName, "newer");
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(async () => await session.AskAsync("SELECT 1", Cancel).ToListAsync(Cancel));
        Assert.Equal(("LakeEngineAccessDenied", FailureClass.Authentication), (refused.Id, refused.Cause));
    }

    private static Task<LakeEngineServer> StartAsync(Func<string, Task<LakeAnswer>>? ask = null) => LakeEngineServer.StartAsync(ask ?? (_ => Task.FromResult(Many())), Key, Cancel);

    private static LakeAnswer Many()
    {
        JsonElement Cell(object? value) => JsonSerializer.SerializeToElement(value);
        return new LakeAnswer(["n", "name", "nothing", "yes"], [.. Enumerable.Range(0, Rows).Select(i => new[] { Cell(i), Cell("São João"), Cell(null), Cell(true) })], 42);
    }

    private static ISqlSession Open(LakeEngine engine, LakeEngineServer server, double minutes = 1)
    {
        LakeDefinition definition = new() { Engine = engine, Url = server.Url, Database = "acode", Minutes = minutes };
        return engine == LakeEngine.Trino
            ? new TrinoSession(definition, new HeldCredential(), TimeProvider.System)
            : new AthenaSession(definition, new AwsAccount(
                new AwsDefinition { Region = "us-east-2", Endpoints = new AwsEndpoints { Athena = server.Url } }, new AwsSession(() => new AwsKeys(Key.AccessKey, new SecretText(Key.SecretKey), null), null)), TimeProvider.System);
    }
}
