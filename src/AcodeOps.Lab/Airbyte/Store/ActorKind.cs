namespace AcodeOps.Lab.Airbyte.Store;

/// <summary>Airbyte calls what a connection joins actors.</summary>
internal enum ActorKind
{
    Source,
    Destination,
}
