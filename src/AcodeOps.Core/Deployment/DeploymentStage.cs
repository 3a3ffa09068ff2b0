namespace AcodeOps;

/// <summary>When a deployment is judged.</summary>
public enum DeploymentStage
{
    /// <summary>Before anything is changed: may it begin?</summary>
    Before,

    /// <summary>When everything has been changed: did it work?</summary>
    After,
}
