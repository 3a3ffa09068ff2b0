namespace AcodeOps;

/// <summary>What answers questions about the lake.</summary>
public enum LakeEngine
{
    /// <summary>This process: it reads the Parquet objects itself.</summary>
    Local,

    /// <summary>A Trino cluster, by its protocol.</summary>
    Trino,

    /// <summary>Amazon Athena, by its API.</summary>
    Athena,
}

/// <summary>What answers questions about the lake, and where. Holds a reference to a credential, never the credential.</summary>
public sealed record LakeDefinition
{
    /// <summary>The engine.</summary>
    public LakeEngine Engine { get; init; } = LakeEngine.Local;

    /// <summary>Where Trino's coordinator is; null for other engines.</summary>
    public Uri? Url { get; init; }

    /// <summary>The catalog that the tables are in.</summary>
    public string Catalog { get; init; } = "hive";

    /// <summary>The schema, or database, that the tables are in; null for the local engine.</summary>
    public string? Database { get; init; }

    /// <summary>Holds Trino's user and password; null where it asks for none.</summary>
    public CredentialReference? Credential { get; init; }

    /// <summary>Athena's workgroup.</summary>
    public string WorkGroup { get; init; } = "primary";

    /// <summary>Where Athena writes its answers, as <c>s3://bucket/prefix/</c>; null where the workgroup says.</summary>
    public Uri? Output { get; init; }

    /// <summary>The longest that one question may take, in minutes.</summary>
    public double Minutes { get; init; } = 30;

    /// <inheritdoc />
    public override string ToString() => Engine switch
    {
        LakeEngine.Trino => $"Trino {Url?.Authority}",
        LakeEngine.Athena => $"Athena, workgroup {WorkGroup}",
        _ => "this machine",
    };
}
