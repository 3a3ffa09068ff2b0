using AcodeOps.Access;
using AcodeOps.Adapters.Aws;
using AcodeOps.Adapters.Aws.Access;
using AcodeOps.Adapters.Tests.Airbyte;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Tests.Aws;

/// <summary>IAM's simulator, by the shapes that IAM's reference documents.</summary>
public sealed class IamSimulatorTests
{
    private const string User = "arn:aws:iam::111122223333:user/somebody";
    private static readonly AwsPermission Read = new("s3:GetObject", "arn:aws:s3:::lake/a/*") { Subject = "Lakes" };
    private static readonly AwsPermission Write = new("s3:PutObject", "arn:aws:s3:::lake/a/*") { Subject = "Lakes" };
    private static readonly AwsPermission List = new("s3:ListBucket", "arn:aws:s3:::lake") { Subject = "Lakes", KeyPrefix = "a/" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("allowed", AccessAnswer.Allowed)]
    [InlineData("implicitDeny", AccessAnswer.Denied)]
    [InlineData("explicitDeny", AccessAnswer.Denied)]
    [InlineData("somethingNew", AccessAnswer.Unknown)]
    public async Task A_decision_is_read(string decision, AccessAnswer expected)
    {
        using RawServer server = new(_ => Xml(Page(null, ("s3:GetObject", decision))));
        Assert.Equal(expected, (await AskAsync(server, User, Read))[Read].Answer);
    }

    [Fact]
    public async Task All_pages_are_asked_for()
    {
        using RawServer server = new(request => Xml(Form(request).GetValueOrDefault("Marker") switch
        {
            null => Page("p/2", ("s3:GetObject", "allowed")),
            "p/2" => Page(null, ("s3:PutObject", "implicitDeny")),
            _ => "",
        }));
        IReadOnlyDictionary<AwsPermission, AccessTrial> answers = await AskAsync(server, User, Read, Write);
        Assert.Equal([AccessAnswer.Allowed, AccessAnswer.Denied], [answers[Read].Answer, answers[Write].Answer]);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_question_names_actions_one_resource_and_the_folder_of_a_listing()
    {
        using RawServer server = new(request => Xml(Page(null, (Form(request)["ActionNames.member.1"], "allowed"))));
        await AskAsync(server, User, Read, Write, List);
        Dictionary<string, string>[] asked = [.. server.Requests.Select(Form)];
        Assert.All(asked, form => Assert.Equal(("SimulatePrincipalPolicy", "2010-05-08", User), (form["Action"], form["Version"], form["PolicySourceArn"])));
        Dictionary<string, string> objects = asked.Single(form => form["ActionNames.member.1"] == "s3:GetObject");
        Assert.Equal(("s3:PutObject", "arn:aws:s3:::lake/a/acode"), (objects["ActionNames.member.2"], objects["ResourceArns.member.1"]));
        Dictionary<string, string> listing = asked.Single(form => form["ActionNames.member.1"] == "s3:ListBucket");
        Assert.Equal(("s3:prefix", "a/"), (listing["ContextEntries.member.1.ContextKeyName"], listing["ContextEntries.member.1.ContextKeyValues.member.1"]));
        Assert.All(server.Requests, request => Assert.Matches("^AWS4-HMAC-SHA256 Credential=AKTEST/[0-9]{8}/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$", request.Authorization));
    }

    [Fact]
    public async Task Of_a_session_its_role_is_the_principal()
    {
        using RawServer server = new(_ => Xml(Page(null, ("s3:GetObject", "allowed"))));
        await AskAsync(server, "arn:aws-cn:sts::111122223333:assumed-role/operators/me", Read);
        Assert.Equal("arn:aws-cn:iam::111122223333:role/operators", Form(server.Requests.Single())["PolicySourceArn"]);
    }

    [Fact]
    public async Task Who_may_not_ask_it_is_told_so()
    {
        using RawServer server = new(_ => Xml(
            """<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error><RequestId>1</RequestId></ErrorResponse>""", 403));
        AcodeException refused = await Assert.ThrowsAsync<AcodeException>(() => AskAsync(server, User, Read));
        Assert.Equal(("IamAccessDenied", FailureClass.Permission), (refused.Id, refused.Cause));
        Assert.DoesNotContain("not you", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body>log in")]
    [InlineData("""<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>""")]
    [InlineData("<html><body/></html>")]
    [InlineData("")]
    public async Task What_is_no_answer_of_IAM_is_taken_for_none(string text)
    {
        using RawServer server = new(_ => Xml(text));
        Assert.Equal(FailureClass.Protocol, (await Assert.ThrowsAsync<AcodeException>(() => AskAsync(server, User, Read))).Cause);
    }

    private static async Task<IReadOnlyDictionary<AwsPermission, AccessTrial>> AskAsync(RawServer server, string caller, params AwsPermission[] permissions)
    {
        AwsDefinition definition = new() { Region = "us-east-2", Endpoints = new AwsEndpoints { Iam = server.Url } };
        using AwsAccount account = new(definition, new AwsSession(() => new AwsKeys("AKTEST", new SecretText("of no use"), null), null));
        return await new IamSimulator(account).AskAsync(caller, permissions, Cancel);
    }

    private static string Xml(string body, int status = 200) => RawServer.Http(status, body, "text/xml");

    private static string Page(string? marker, params (string Action, string Decision)[] results) =>
        $"""
        <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
          <SimulatePrincipalPolicyResult>
            <IsTruncated>{(marker is null ? "false" : "true")}</IsTruncated>{(marker is null ? "" : $"<Marker>{marker}</Marker>")}
            <EvaluationResults>
              {string.Concat(results.Select(result => $"""
              <member>
                <MatchedStatements><member><SourcePolicyId>acode</SourcePolicyId><EndPosition><Column>4</Column><Line>7</Line></EndPosition></member></MatchedStatements>
                <MissingContextValues/>
                <EvalResourceName>arn:aws:s3:::lake/a/acode</EvalResourceName>
                <EvalDecision>{result.Decision}</EvalDecision>
                <EvalActionName>{result.Action}</EvalActionName>
              </member>
              """))}
            </EvaluationResults>
          </SimulatePrincipalPolicyResult>
          <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
        </SimulatePrincipalPolicyResponse>
        """;

    private static Dictionary<string, string> Form(RawRequest request) =>
        request.Body.Split('&').Select(field => field.Split('=')).ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]));
}
