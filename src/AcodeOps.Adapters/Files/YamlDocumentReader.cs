using AcodeOps.Environments;

namespace AcodeOps.Adapters.Files;

internal sealed class YamlDocumentReader : IDocumentReader { public DocumentNode Read(string path) => throw new NotImplementedException(); }
