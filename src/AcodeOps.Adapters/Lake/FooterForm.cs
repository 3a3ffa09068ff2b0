namespace AcodeOps.Adapters.Lake;

/// <summary>
/// Checks the form of a footer (Thrift's compact protocol) before Parquet.Net sees it. Where a length is damaged, Parquet.Net
/// counts up to it, long after the bytes have come to their end.
/// </summary>
internal ref struct FooterForm
{
    private const int MostDepth = 32;

    private ReadOnlySpan<byte> _rest;

    private FooterForm(ReadOnlySpan<byte> footer) => _rest = footer;

    private enum Kind
    {
        Stop, True, False, Byte, Short, Int, Long, Double, Binary, List, Set, Map, Struct,
    }

    /// <summary>Passes over a footer.</summary>
    /// <exception cref="InvalidDataException">Something in it does not fit into it.</exception>
    public static void Check(ReadOnlySpan<byte> footer)
    {
        FooterForm form = new(footer);
        form.Skip(Kind.Struct, MostDepth);
        if (!form._rest.IsEmpty)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("Its footer is damaged.");

    private void Skip(Kind kind, int depth)
    {
        switch (depth == 0 ? Kind.Stop : kind)
        {
            case Kind.True or Kind.False or Kind.Byte: Take(1); break;
            case Kind.Short or Kind.Int or Kind.Long: Number(); break;
            case Kind.Double: Take(sizeof(double)); break;
            case Kind.Binary: Take(Number()); break;
            case Kind.List or Kind.Set: SkipList(depth - 1); break;
            case Kind.Map: SkipMap(depth - 1); break;
            case Kind.Struct: SkipFields(depth - 1); break;
            default: throw Damaged();
        }
    }

    private void SkipFields(int depth)
    {
        while (Take(1)[0] is var head and not 0)
        {
            if (head >> 4 == 0)
            {
                Number();
            }

            // A truth value is in the head itself.
            Kind kind = (Kind)(head & 0xF);
            if (kind is not (Kind.True or Kind.False))
            {
                Skip(kind, depth);
            }
        }
    }

    private void SkipList(int depth)
    {
        byte head = Take(1)[0];
        ulong count = head >> 4 == 0xF ? Number() : (ulong)(head >> 4);
        SkipEach(count, (Kind)(head & 0xF), null, depth);
    }

    private void SkipMap(int depth)
    {
        ulong count = Number();
        if (count > 0)
        {
            byte kinds = Take(1)[0];
            SkipEach(count, (Kind)(kinds >> 4), (Kind)(kinds & 0xF), depth);
        }
    }

    private void SkipEach(ulong count, Kind first, Kind? second, int depth)
    {
        // Each has a byte at least.
        if (count > (ulong)_rest.Length)
        {
            throw Damaged();
        }

        for (; count > 0; count--)
        {
            Skip(first, depth);
            if (second is { } kind)
            {
                Skip(kind, depth);
            }
        }
    }

    private ulong Number()
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte digit = Take(1)[0];
            number |= (ulong)(digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
