namespace AcodeOps;

/// <summary>A table that is ingested.</summary>
public sealed record TableDefinition
{
    /// <summary>Its name, the same on every source.</summary>
    public required string Name { get; init; }

    /// <summary>Its primary key, a single growing number.</summary>
    public string Key { get; init; } = "idpk";

    /// <summary>The date that the row is about (<c>Data</c>); null where the table has none.</summary>
    public string? EventDate { get; init; }

    /// <summary>When the row was processed (<c>Data_Processamento</c>): its newest value is the watermark; null where the table has none.</summary>
    public string? ProcessedAt { get; init; }

    /// <summary>The amount of money that the row is about (<c>ACODE_Val_Total</c>); null where the table has none.</summary>
    public string? Value { get; init; }

    /// <summary>What tells pharmacies apart (<c>CNPJ</c>); null where the table does not.</summary>
    public string? Pharmacy { get; init; }

    /// <summary>What the lake's engine calls the table, where one is named in the environment; null for the same name.</summary>
    public string? LakeTable { get; init; }

    /// <summary>Columns that must be there; empty for no expectation beyond the ones named above.</summary>
    public IReadOnlyList<string> Columns { get; init => field = value.ToArray(); } = [];

    /// <inheritdoc />
    public override string ToString() => Name;
}
