namespace AcodeOps;

/// <summary>What there is of a kind: a new one is one class, and every catalogue finds it by itself.</summary>
internal static class Discovered
{
    /// <summary>One of each class of this assembly that derives from a class, in no order.</summary>
    /// <param name="only">The classes that are meant; null for all that are not abstract.</param>
    /// <typeparam name="T">The class that they derive from. Each needs a constructor without parameters.</typeparam>
    public static IEnumerable<T> Of<T>(Predicate<Type>? only = null) where T : class =>
        typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract && only?.Invoke(type) != false).Select(type => (T)Activator.CreateInstance(type)!);
}
