namespace AcodeOps.Notifications;

/// <summary>What an operator says of a notification; it goes before what the object says that it is about.</summary>
/// <param name="Title">What happened; null for what the object says.</param>
/// <param name="Text">What is to be known besides; null for what the object says.</param>
/// <param name="Severity">How much it matters; null for what the object says, or Warning.</param>
/// <param name="Phase">Where the incident stands; null for what the object says, or Opened.</param>
/// <param name="IncidentId">The incident; null for the run that the object belongs to, or a new one.</param>
/// <param name="Facts">Facts beyond those of the object; null for none.</param>
public sealed record NotificationWishes(
    string? Title = null,
    string? Text = null,
    NotificationSeverity? Severity = null,
    NotificationPhase? Phase = null,
    string? IncidentId = null,
    IReadOnlyList<NotificationFact>? Facts = null);
