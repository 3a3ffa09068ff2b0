namespace AcodeOps.Alerts;

/// <summary>One rule of the catalogue. A new rule is one class in <c>Rules</c>: the catalogue finds it by itself.</summary>
public abstract class AlertDefinition
{
    /// <summary>Its stable name: lower case, words joined by hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>What has happened when it fires, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>How much it matters.</summary>
    public abstract NotificationSeverity Severity { get; }

    /// <summary>What it means for the installation, in a sentence or two.</summary>
    public abstract string Meaning { get; }

    /// <summary>What to do then, with the commands to use.</summary>
    public abstract string Advice { get; }

    /// <summary>The objective of the environment file that its threshold comes from; null for none.</summary>
    public virtual string? Objective => null;

    /// <summary>Whether there is anything to watch in this environment.</summary>
    public virtual bool AppliesTo(AcodeEnvironment environment) => true;

    /// <summary>When it fires, in an environment.</summary>
    public abstract AlertCondition Condition(AlertSetting setting);

    /// <summary>The rule as it stands for an environment.</summary>
    public AlertRule For(AcodeEnvironment environment)
    {
        AlertSetting setting = new(environment);
        AlertCondition condition = Condition(setting);
        return new AlertRule
        {
            Id = Id,
            Environment = environment.Name,
            Title = Title,
            Severity = Severity,
            Meaning = Meaning,
            Advice = Advice,
            Objective = Objective,
            Condition = condition,
            HoldMinutes = condition.HoldMinutes(setting.EveryMinutes),
            DatadogQuery = Queries.DatadogQuery.Of(condition),
            PrometheusQuery = Queries.PrometheusQuery.Of(condition),
        };
    }
}
