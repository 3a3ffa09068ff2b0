using AcodeOps.Documents;
using AcodeOps.Environments.Reading;

namespace AcodeOps.Environments.Sections;

/// <summary>The buckets.</summary>
internal static class StorageSection
{
    public static RoleMap<StorageRole, StorageDefinition> ReadAll(MappingReader reader) => RoleMap<StorageRole, StorageDefinition>.Read(reader, Read);

    private static StorageDefinition Read(StorageRole role, MappingReader r) => new()
    {
        Role = role,
        Bucket = r.Required("bucket", ValueKinds.Bucket),
        Prefix = r.Optional("prefix", ValueKinds.Prefix) ?? "",
        Region = r.Optional("region", ValueKinds.Region),
        KmsKey = r.Optional("kmsKey", ValueKinds.Word),
        Inventory = r.Section("inventory", inventory => new InventoryDefinition(
            inventory.Required("bucket", ValueKinds.Bucket), inventory.Optional("prefix", ValueKinds.Prefix) ?? "", inventory.Required("name", ValueKinds.Word))),
    };
}
