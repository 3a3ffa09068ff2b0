namespace AcodeOps.Lab.Airbyte;

/// <summary>How callers prove who they are: as in a chart with auth off, a self-hosted 1.x/2.x, or the docker-compose era.</summary>
internal enum AuthMode
{
    None,
    ClientCredentials,
    Basic,
}
