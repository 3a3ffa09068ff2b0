using AcodeOps.Quality.Checks;

namespace AcodeOps.Quality.Domains;

/// <summary>Values that a column may hold, told by their form and their check digits: whether a code is well formed, never whether it is in use.</summary>
public abstract class ValueDomain : RowCheck
{
    /// <summary>What it holds, in a few words.</summary>
    public abstract string Values { get; }

    /// <summary>Whether a column is meant to hold such values, by its name.</summary>
    public abstract bool IsNamed(string column);

    /// <summary>What is wrong with a value, in a few words; null when it is one of these.</summary>
    /// <param name="value">The value as text, without spaces around it; never empty.</param>
    public abstract string? FaultOf(string value);

    /// <summary>Whether a value stands for none, as <c>SEM GTIN</c> does: then it is not judged.</summary>
    public virtual bool IsNone(string value) => false;

    // Single codes of single invoices are wrong at any partner's.
    /// <inheritdoc />
    public override double Limit(QualityTable table) => 1;

    /// <inheritdoc />
    public sealed override string Title(QualityRuleDefinition rule) => Values;

    /// <inheritdoc />
    public sealed override IEnumerable<QualityRuleDefinition> RulesOf(QualityTable table) => table.Columns.Where(IsNamed).Select(column => table.Rule(column, Name));

    /// <inheritdoc />
    public sealed override Func<object?[], string?> Open(QualityRuleDefinition rule, QualityTable table)
    {
        int at = table.IndexOf(rule.Column);
        return row => Cells.Text(row[at]) is { } text && !IsNone(text) ? FaultOf(text) : null;
    }

    /// <summary>The domain that a column is meant to hold, by its name; null for none.</summary>
    internal static ValueDomain? Of(string column) => RowChecks.All.OfType<ValueDomain>().FirstOrDefault(domain => domain.IsNamed(column));

    /// <summary>A check digit by modulus 11: weights 2, 3, … from the right, starting again after 9; the remainders 0 and 1 give 0.</summary>
    private protected static int Mod11(ReadOnlySpan<char> body)
    {
        int sum = 0, weight = 2;
        for (int i = body.Length - 1; i >= 0; i--)
        {
            // The digits are 0 to 9, and A is 17: its code less that of 0.
            sum += (body[i] - '0') * weight;
            weight = weight == 9 ? 2 : weight + 1;
        }

        return sum % 11 is var remainder and >= 2 ? 11 - remainder : 0;
    }

    private protected static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private protected static bool Same(string column, string name) => column.Equals(name, StringComparison.OrdinalIgnoreCase);
}
