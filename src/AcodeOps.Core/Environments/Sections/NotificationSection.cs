using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>The channels that notifications go to, by name.</summary>
internal static class NotificationSection
{
    public static IReadOnlyList<NotificationDefinition> ReadAll(MappingReader channels)
    {
        List<NotificationDefinition> read = [];
        foreach (string name in channels.Keys)
        {
            if (!SectionNames.IsName(name))
            {
                channels.ComplainAtKey(name, SectionNames.Complain("A channel"));
            }

            if (channels.RequiredSection(name, r => Read(name, r)) is { } channel)
            {
                read.Add(channel);
            }
        }

        return read;
    }

    private static NotificationDefinition Read(string name, MappingReader r)
    {
        NotificationChannelKind? kind = r.Required("kind", ValueKinds.Choice<NotificationChannelKind>());
        Uri? url = r.Optional("url", ValueKinds.Url);
        NotificationDefinition channel = new()
        {
            Name = name,
            Kind = kind ?? default,
            Url = url,
            Credential = kind == NotificationChannelKind.Webhook && r.Has("url")
                ? r.OptionalCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable)
                : r.RequiredCredential("credential", CredentialHolder.SecretsManager, CredentialHolder.EnvironmentVariable),
        };
        Complaint? misplaced = (kind, r.Has("url"), r.Has("credential")) switch
        {
            // Whoever knows the address of such a webhook may write there. One that looks like it is found as a secret anyway.
            (NotificationChannelKind.Slack or NotificationChannelKind.Teams, true, _) when r.Scalar("url") is not { } written || !SecretScan.LooksSecret(written.Value) =>
                SecretScan.Literal("The address of this webhook is a secret and must not stand here."),
            (NotificationChannelKind.Webhook, true, true) => new("InvalidValue", "'url' and 'credential' both say where this webhook is.")
            {
                Remedy = "Leave out url where the address is a secret, credential where it is none.",
            },
            _ => null,
        };
        if (misplaced is not null)
        {
            r.Complain("url", misplaced);
        }

        return channel with { MinSeverity = r.Optional("minSeverity", ValueKinds.Choice<NotificationSeverity>()) ?? channel.MinSeverity };
    }
}
