namespace AcodeOps.Composition;

/// <summary>The only place where the module and the adapters meet.</summary>
internal static class Adapters
{
    private static readonly Lazy<IAdapters> Door = new(() =>
        (IAdapters)Activator.CreateInstance(AdaptersLoadContext.LoadAdapters().GetType("AcodeOps.Adapters.AdapterDoor", throwOnError: true)!)!);

    /// <summary>The adapters, loaded at first use.</summary>
    public static IAdapters Open => Door.Value;
}
