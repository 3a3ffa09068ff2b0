namespace AcodeOps.Comparing;

/// <summary>A row group of an object of the lake, by its footer.</summary>
/// <param name="Stored">The object.</param>
/// <param name="Group">The number of the row group in it.</param>
/// <param name="Keys">The range of its keys.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record LakePiece(StoredObject Stored, int Group, Keys Keys, long Rows);

/// <summary>Row groups whose ranges of keys overlap, and no others overlap with.</summary>
/// <param name="Keys">The range of all of them.</param>
/// <param name="Rows">Their rows.</param>
/// <param name="Pieces">The row groups.</param>
internal sealed record LakeBlock(Keys Keys, long Rows, IReadOnlyList<LakePiece> Pieces)
{
    /// <summary>Puts row groups into blocks, in the order of their keys.</summary>
    public static List<LakeBlock> Of(IEnumerable<LakePiece> pieces)
    {
        List<LakeBlock> blocks = [];
        List<LakePiece> open = [];
        long reaches = 0;
        foreach (LakePiece piece in pieces.OrderBy(piece => piece.Keys.From).ThenBy(piece => piece.Keys.To))
        {
            if (open.Count > 0 && piece.Keys.From > reaches)
            {
                Close();
            }

            reaches = open.Count == 0 ? piece.Keys.To : Math.Max(reaches, piece.Keys.To);
            open.Add(piece);
        }

        if (open.Count > 0)
        {
            Close();
        }

        return blocks;

        void Close()
        {
            blocks.Add(new LakeBlock(new Keys(open[0].Keys.From, reaches), open.Sum(piece => piece.Rows), [.. open]));
            open.Clear();
        }
    }
}
