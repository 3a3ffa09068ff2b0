using System.Text.Json.Nodes;
using AcodeOps.Secrets;

namespace AcodeOps.Adapters.Notifications;

/// <summary>How one kind of channel wants to be told. To add a kind, add a class and a line to <see cref="ChannelForms"/>.</summary>
internal abstract class ChannelForm
{
    /// <summary>The kind that it is for.</summary>
    public abstract NotificationChannelKind Kind { get; }

    /// <summary>Where the channel's requests go: by the secret that it has, or by its definition.</summary>
    /// <returns>Null when there is no address in it.</returns>
    public virtual Uri? Address(NotificationDefinition channel, SecretText? secret) =>
        secret is null ? channel.Url : Uri.TryCreate(secret.Reveal().Trim(), UriKind.Absolute, out Uri? address) ? address : null;

    /// <summary>The body of the request.</summary>
    public abstract JsonObject Body(Notification notification, SecretText? secret);

    /// <summary>A header that goes with it, beyond those of any request; null for none.</summary>
    public virtual (string Name, string Value)? Header(Notification notification) => null;
}
