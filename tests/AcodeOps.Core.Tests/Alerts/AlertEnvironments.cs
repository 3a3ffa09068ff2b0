namespace AcodeOps.Core.Tests.Alerts;

/// <summary>Environments that rules are made for.</summary>
internal static class AlertEnvironments
{
    /// <summary>One that has everything that any rule looks at.</summary>
    public static AcodeEnvironment Whole { get; } = new()
    {
        Name = "farmarcas",
        Path = "acode.yaml",
        Sources =
        [
            new SourceDefinition { Role = SourceRole.Primary, Credential = new(CredentialHolder.SecretsManager, "acode/mysql/primary") },
            new SourceDefinition { Role = SourceRole.Backup, Credential = new(CredentialHolder.SecretsManager, "acode/mysql/backup") },
        ],
        Storages =
        [
            new StorageDefinition { Role = StorageRole.Primary, Bucket = "lake" },
            new StorageDefinition { Role = StorageRole.Backup, Bucket = "lake-backup" },
            new StorageDefinition { Role = StorageRole.Audit, Bucket = "audit" },
            new StorageDefinition { Role = StorageRole.Quarantine, Bucket = "quarantine" },
        ],
        Routes =
        [
            new RouteDefinition { Name = "primary", Source = SourceRole.Primary, Storage = StorageRole.Primary, Connection = "main" },
            new RouteDefinition { Name = "backup_mysql", Source = SourceRole.Backup, Storage = StorageRole.Primary, Connection = "standby" },
        ],
        Tables =
        [
            new TableDefinition { Name = "sales", EventDate = "Data", ProcessedAt = "Data_Processamento", Value = "Total", Pharmacy = "CNPJ" },
            new TableDefinition { Name = "products", EventDate = "Data", ProcessedAt = "Data_Processamento" },
        ],
        Airbyte = new AirbyteDefinition { Url = new Uri("http://airbyte.invalid:8001") },
        Metrics = new() { Tags = ["team:data"] },
    };
}
