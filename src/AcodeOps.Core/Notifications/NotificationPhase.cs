namespace AcodeOps;

/// <summary>Where an incident stands when a notification tells of it.</summary>
public enum NotificationPhase
{
    /// <summary>It begins. PagerDuty: trigger.</summary>
    Opened,

    /// <summary>It is over. PagerDuty: resolve.</summary>
    Resolved,

    /// <summary>What was tried against it has failed. PagerDuty: trigger, of the same incident.</summary>
    Failed,

    /// <summary>It is being worked on. PagerDuty: acknowledge, which opens no incident and stops its escalation.</summary>
    Update,
}
