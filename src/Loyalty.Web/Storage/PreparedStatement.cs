using System.Buffers.Text;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loyalty.Web.Storage;

/// <summary>
/// A statement that is prepared once and run for every row, or that gives tens of thousands of them. A hall that answers at once is five
/// thousand rows on one thread, and there the provider's parameters cost more than SQLite does; the same goes for its reader when a hall
/// is loaded. Values are written as the provider writes them, and read as it reads them.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private const int GuidLength = 36;
    private const int MaxOnStack = 1_024;
    private const int PrimaryCode = 0xff;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <param name="index">From 1, in the order of the parameters.</param>
    /// <param name="value">Stored as text in upper case.</param>
    public PreparedStatement Bind(int index, Guid value)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        value.TryFormat(text, out _);
        Ascii.ToUpperInPlace(text, out _);
        Check(raw.sqlite3_bind_text(statement, index, text));
        return this;
    }

    public PreparedStatement Bind(int index, Guid? value) => value is { } given ? Bind(index, given) : BindNull(index);

    public PreparedStatement Bind(int index, string? value)
    {
        if (value is null)
            return BindNull(index);
        ArgumentException.ThrowIfNullOrEmpty(value); // an empty span has no address, and would be stored as null
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var text = most <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[most];
        Check(raw.sqlite3_bind_text(statement, index, text[..Encoding.UTF8.GetBytes(value, text)]));
        return this;
    }

    public PreparedStatement Bind(int index, long? value)
    {
        if (value is not { } number)
            return BindNull(index);
        Check(raw.sqlite3_bind_int64(statement, index, number));
        return this;
    }

    /// <summary>Text that may be empty.</summary>
    public PreparedStatement BindAnyText(int index, string value)
    {
        if (value.Length > 0)
            return Bind(index, value);
        Check(raw.sqlite3_bind_text(statement, index, utf8z.FromString("")));
        return this;
    }

    public PreparedStatement BindReal(int index, double value)
    {
        Check(raw.sqlite3_bind_double(statement, index, value));
        return this;
    }

    /// <summary>Carries it out, with everything bound anew each time.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        var message = code == raw.SQLITE_DONE ? "" : raw.sqlite3_errmsg(database).utf8_to_string();
        raw.sqlite3_reset(statement); // gives the same code once more
        if (code != raw.SQLITE_DONE)
            throw Problem(code, message);
    }

    /// <summary>Goes on to the next row; false after the last one, from where it can be carried out again.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Read()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        var message = code == raw.SQLITE_DONE ? "" : raw.sqlite3_errmsg(database).utf8_to_string();
        raw.sqlite3_reset(statement);
        return code == raw.SQLITE_DONE ? false : throw Problem(code, message);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>Text as it is stored, in UTF-8; empty for null. Valid until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <exception cref="FormatException">What is stored there is no identifier.</exception>
    public Guid Id(int column)
    {
        var text = Utf8(column);
        return Utf8Parser.TryParse(text, out Guid id, out var length) && length == text.Length ? id : throw new FormatException($"“{Text(column)}” is no identifier.");
    }

    public void Dispose() => statement.Dispose();

    private PreparedStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(statement, index));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Problem(code, raw.sqlite3_errmsg(database).utf8_to_string());
    }

    private static SqliteException Problem(int code, string message) => new($"SQLite Error {code & PrimaryCode}: '{message}'.", code & PrimaryCode, code);
}
