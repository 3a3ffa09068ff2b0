using AcodeOps.Secrets.Scanning.Reading;

namespace AcodeOps.Secrets.Scanning;

/// <summary>How sure a rule is; of two that mean the same characters the surer one speaks.</summary>
internal enum RuleTrust
{
    /// <summary>Somebody has declared it secret: a connector, Kubernetes, a format of passwords.</summary>
    Declared,

    /// <summary>It has the form of a known kind of token.</summary>
    Format,

    /// <summary>It is given to a name of a secret.</summary>
    Named,

    /// <summary>It looks random, and its name does not speak against it.</summary>
    Random,
}

/// <summary>
/// A way to find secrets. A new rule is one class that derives from this one: the catalogue finds it by itself. It is asked
/// only where one of its keywords stands.
/// </summary>
internal abstract class SecretRule
{
    /// <summary>The stable id: <c>PrivateKey</c>.</summary>
    public abstract string Id { get; }

    /// <summary>How sure it is.</summary>
    public abstract RuleTrust Trust { get; }

    /// <summary>How much what it finds matters.</summary>
    public virtual FindingSeverity Severity => FindingSeverity.Error;

    /// <summary>What it finds, as it begins a sentence: <c>A private key</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What must stand in the text for the rule to be asked, three characters at least; the case does not matter.</summary>
    public abstract IReadOnlyList<string> Keywords { get; }

    /// <summary>True for a file of whose lines each is looked at, with no keyword in it.</summary>
    public virtual bool TakesEveryLine(TextTraits traits) => false;

    /// <summary>Looks at one place.</summary>
    public abstract void Look(in Spot spot, MatchList matches);
}
