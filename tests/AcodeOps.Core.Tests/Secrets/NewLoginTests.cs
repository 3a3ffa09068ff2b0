using System.Text.Json.Nodes;
using AcodeOps.Configuration;
using AcodeOps.Secrets;
using AcodeOps.Secrets.Rotating;

namespace AcodeOps.Core.Tests.Secrets;

/// <summary>What a rotation makes by itself: passwords, the other user's name, Airbyte's settings with another login, and the request to a partner.</summary>
public sealed class NewLoginTests
{
    [Fact]
    public void A_password_has_four_kinds_of_characters_and_needs_no_quoting()
    {
        HashSet<string> made = [];
        for (int i = 0; i < 1000; i++)
        {
            string password = NewPassword.Make().Reveal();
            Assert.Matches("^[A-Za-z][A-Za-z0-9_.+=-]{31}$", password);
            Assert.True(password.Count(char.IsAsciiLetterLower) >= 2 && password.Count(char.IsAsciiLetterUpper) >= 2 && password.Count(char.IsAsciiDigit) >= 2);
            Assert.True(password.Count(c => !char.IsAsciiLetterOrDigit(c)) >= 2);
            Assert.True(made.Add(password));
        }
    }

    [Theory]
    [InlineData("reader", null, "reader_b")]
    [InlineData("reader_b", "reader", "reader")]
    [InlineData("reader_b", null, "reader")]
    [InlineData("reader", "reader_b", "reader_b")]
    [InlineData("reader", "somebody", "reader_b")]
    [InlineData("reader", "reader", "reader_b")]
    [InlineData("_b", null, "_b_b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345", null, "abcdefghijklmnopqrstuvwxyz0123_b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123_b", "abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklmnopqrstuvwxyz012345")]
    public void Two_users_take_turns_also_where_their_names_are_long(string user, string? former, string next) => Assert.Equal(next, TwinName.Of(user, former, 32));

    [Fact]
    public void A_copy_at_Airbyte_gets_another_login_and_keeps_every_other_secret()
    {
        AirbyteResource live = new()
        {
            Kind = ConfiguredKind.Source,
            Id = Guid.NewGuid(),
            Name = "shop",
            Settings = new JsonObject
            {
                ["host"] = "db",
                ["username"] = "reader",
                ["password"] = AirbyteResource.Coordinate + "a_v1",
                ["jdbc_url_params"] = "password=undeclared",
                ["tunnel_method"] = new JsonObject { ["tunnel_method"] = "SSH_KEY_AUTH", ["ssh_key"] = AirbyteResource.Coordinate + "b_v1" },
                ["schemas"] = new JsonArray("one"),
            },
        };
        JsonObject settings = AirbyteCopy.With(live, "reader_b", new SecretText("new"));
        Assert.Equal(
            """{"host":"db","username":"reader_b","password":"new","jdbc_url_params":"password=undeclared","tunnel_method":{"tunnel_method":"SSH_KEY_AUTH","ssh_key":"**********"},"schemas":["one"]}""",
            settings.ToJsonString());
        Assert.Equal("reader", (string?)AirbyteCopy.With(live, null, new SecretText("new"))["username"]);
        Assert.Equal("reader", (string?)live.Settings["username"]);
        Assert.Equal("db:3306 reader", AirbyteCopy.PlaceOf(live));
    }

    [Fact]
    public void A_partner_is_asked_in_both_languages_with_the_statements()
    {
        string text = PartnerRequest.Text("Primary source db:3306", "o'reader");
        Assert.Contains("ALTER USER 'o''reader'@'<host>' IDENTIFIED BY '<new password>' RETAIN CURRENT PASSWORD;", text, StringComparison.Ordinal);
        Assert.Contains("ALTER USER 'o''reader'@'<host>' IDENTIFIED BY '<nova senha>' RETAIN CURRENT PASSWORD;", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("DISCARD OLD PASSWORD;").Length - 1);
    }

    [Fact]
    public void A_rotation_that_is_half_done_keeps_no_switch_from_beginning()
    {
        AcodeOps.Runbooks.RunbookKind kind = AcodeOps.Runbooks.RunbookCatalog.All[RotationRunbook.Kind];
        Assert.True(kind.IsInTheWayOf(RotationRunbook.Kind));
        Assert.True(kind.IsInTheWayOf("publish_configuration"));
        Assert.False(kind.IsInTheWayOf("failover"));
    }

    [Theory]
    [InlineData(RotationMode.DualPassword, "check_present stage_password add_password try_at_airbyte replace_copies prove_sync make_current await_earlier_syncs discard_password prove_rotation")]
    [InlineData(RotationMode.AlternatingUser, "check_present stage_password make_twin try_at_airbyte replace_copies prove_sync make_current await_earlier_syncs lock_former prove_rotation")]
    [InlineData(RotationMode.Lambda, "check_present run_lambda try_at_airbyte replace_copies prove_sync await_earlier_syncs prove_rotation")]
    [InlineData(RotationMode.Partner, "stage_password try_at_airbyte replace_copies prove_sync make_current await_earlier_syncs prove_rotation")]
    public void Its_steps_are_these_also_when_it_is_built_again(RotationMode mode, string steps)
    {
        RotationRunbook runbook = new(new RotationPlan
        {
            Environment = "test",
            Source = SourceRole.Backup,
            Mode = mode,
            Reference = new CredentialReference(CredentialHolder.SecretsManager, "a"),
            Server = "Backup source db:3306",
            Account = new AccountName("reader", "%"),
            NextAccount = new AccountName("reader_b", "%"),
            CurrentVersionId = "1",
            IsHandedOver = mode == RotationMode.Partner,
            Copies = [new RotatedCopy(Guid.NewGuid(), "shop")],
            Connections = [new RotatedConnection(Guid.NewGuid(), "shop to lake")],
            PlannedAt = DateTimeOffset.UnixEpoch,
            Lambda = "arn",
        });
        Assert.Equal(steps.Split(' '), runbook.Steps.Select(step => step.Name));
        AcodeOps.Runbooks.Runbook again = AcodeOps.Runbooks.RunbookCatalog.All[RotationRunbook.Kind].Rebuild(JsonNode.Parse(runbook.PlanJson.ToJsonString())!);
        Assert.Equal(runbook.PlanJson.ToJsonString(), again.PlanJson.ToJsonString());
        Assert.Equal(runbook.Steps.Select(step => step.Title), again.Steps.Select(step => step.Title));
    }
}
