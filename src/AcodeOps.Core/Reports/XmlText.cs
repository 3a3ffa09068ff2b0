using System.Xml;

namespace AcodeOps.Reports;

/// <summary>Text that others wrote, as XML can hold it.</summary>
internal static class XmlText
{
    /// <summary>The text without what XML, cannot hold.</summary>
    public static string Of(string text)
    {
        Span<char> kept = text.ToCharArray();
        for (int i = 0; i < kept.Length; i++)
        {
            if (char.IsHighSurrogate(kept[i]) && i + 1 < kept.Length && char.IsLowSurrogate(kept[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(kept[i]))
            {
                kept[i] = '\uFFFD';
            }
        }

        return new string(kept);
    }
}
