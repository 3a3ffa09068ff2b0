namespace AcodeOps.Quality.Days;

/// <summary>A kind of check of a table's days as a whole. A new kind is one class.</summary>
public abstract class DayCheck
{
    /// <summary>Its name in the environment file: <c>rows</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it demands, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>How much breaking it matters where the environment does not say.</summary>
    public virtual FindingSeverity Severity => FindingSeverity.Error;

    /// <summary>The limit where the environment does not say.</summary>
    public abstract double Limit(Objectives objectives);

    /// <summary>What the limit is counted in: <c>rows</c>, <c>% of the usual</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>True where the limit is the least that must be there; false where it is the most that may.</summary>
    public abstract bool IsFloor { get; }

    /// <summary>What to do when it is broken.</summary>
    public abstract string Remedy { get; }

    /// <summary>Whether a table can be checked so.</summary>
    public virtual bool AppliesTo(TableDefinition table) => table.EventDate is not null;

    /// <summary>Measures it.</summary>
    /// <exception cref="AcodeException">It could not be asked.</exception>
    public abstract Task<DayFigure> MeasureAsync(DayReading reading, CancellationToken cancel);
}
