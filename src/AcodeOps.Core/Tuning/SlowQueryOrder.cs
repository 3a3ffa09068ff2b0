namespace AcodeOps;

/// <summary>Which statements come first.</summary>
public enum SlowQueryOrder
{
    /// <summary>Those that took the most time all together.</summary>
    TotalTime,

    /// <summary>Those of which one takes the longest on average.</summary>
    MeanTime,

    /// <summary>Those that ran most often.</summary>
    Executions,

    /// <summary>Those for which the most rows were read.</summary>
    RowsExamined,
}
