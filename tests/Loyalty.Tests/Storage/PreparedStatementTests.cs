using Loyalty.Web.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Loyalty.Tests.Storage;

/// <summary>Values arrive in the database as the provider itself would write them.</summary>
public sealed class PreparedStatementTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public PreparedStatementTests()
    {
        connection.Open();
        Execute("CREATE TABLE T (A UNIQUE, B)");
    }

    public void Dispose() => connection.Dispose();

    private object? Execute(string sql, object? value = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
            command.Parameters.AddWithValue("$value", value);
        return command.ExecuteScalar();
    }

    private PreparedStatement Insert() => new(connection, "INSERT INTO T (A, B) VALUES (?, ?)");

    /// <summary>Whether a row is found by what the provider makes of the value.</summary>
    private void AssertFound(object value) => Assert.Equal(1L, Execute("SELECT COUNT(*) FROM T WHERE B = $value AND typeof(B) = typeof($value)", value));

    [Fact]
    public void Guid_is_written_as_the_provider_writes_it()
    {
        var id = Guid.Parse("deadbeef-0000-4abc-8def-0123456789ab");
        using var insert = Insert();

        insert.Bind(1, "one").Bind(2, id).Run();
        insert.Bind(1, "two").Bind(2, (Guid?)Guid.Empty).Run();

        AssertFound(id);
        AssertFound(Guid.Empty);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("süß – 愛")]
    public void Text_is_written_whole_whatever_its_length(string word)
    {
        using var insert = Insert();
        foreach (var times in (int[])[1, 300, 1_000, 5_000])
        {
            var text = string.Concat(Enumerable.Repeat(word, times));

            insert.Bind(1, times).Bind(2, text).Run();

            AssertFound(text);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Number_is_written_as_a_number(long number)
    {
        using var insert = Insert();

        insert.Bind(1, "one").Bind(2, number).Run();

        AssertFound(number);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-2.5)]
    [InlineData(4.3)]
    public void Real_number_is_written_as_one(double number)
    {
        using var insert = Insert();

        insert.Bind(1, "one").BindReal(2, number).Run();

        AssertFound(number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("süß")]
    public void Text_that_may_be_empty_is_written_as_text(string text)
    {
        using var insert = Insert();
        insert.Bind(1, 0).Bind(2, "before").Run();

        insert.Bind(1, 1).BindAnyText(2, text).Run();

        AssertFound(text);
    }

    [Fact]
    public void Nothing_is_written_as_null_and_not_as_what_stood_there_before()
    {
        using var insert = Insert();
        insert.Bind(1, 0).Bind(2, "before").Run();

        insert.Bind(1, 1).Bind(2, (string?)null).Run();
        insert.Bind(1, 2).Bind(2, (long?)null).Run();
        insert.Bind(1, 3).Bind(2, (Guid?)null).Run();

        Assert.Equal(3L, Execute("SELECT COUNT(*) FROM T WHERE B IS NULL"));
    }

    [Fact]
    public void Empty_text_is_refused_before_it_becomes_null()
    {
        using var insert = Insert();

        Assert.Throws<ArgumentException>(() => insert.Bind(1, ""));
    }

    [Fact]
    public void Failure_is_told_with_sqlites_code_and_words_and_the_statement_can_be_used_again()
    {
        using var insert = Insert();
        insert.Bind(1, "one").Bind(2, 1).Run();

        var failure = Assert.Throws<SqliteException>(() => insert.Bind(1, "one").Bind(2, 2).Run());
        insert.Bind(1, "two").Bind(2, 3).Run();

        Assert.Equal(raw.SQLITE_CONSTRAINT, failure.SqliteErrorCode);
        Assert.Equal("SQLite Error 19: 'UNIQUE constraint failed: T.A'.", failure.Message);
        Assert.Equal(2L, Execute("SELECT COUNT(*) FROM T"));
    }

    [Fact]
    public void Statement_that_makes_no_sense_is_refused_at_once() =>
        Assert.Contains("no such table", Assert.Throws<SqliteException>(() => new PreparedStatement(connection, "INSERT INTO Nowhere VALUES (?)")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parameter_that_there_is_not_is_refused()
    {
        using var insert = Insert();

        Assert.Equal(raw.SQLITE_RANGE, Assert.Throws<SqliteException>(() => insert.Bind(3, 1)).SqliteErrorCode);
    }

    [Fact]
    public void What_the_provider_wrote_is_read_row_by_row_and_again()
    {
        var id = Guid.NewGuid();
        Execute("INSERT INTO T (A, B) VALUES (1, $value)", id);
        Execute("INSERT INTO T (A, B) VALUES (2, $value)", "süß – 愛");
        Execute("INSERT INTO T (A, B) VALUES (3, $value)", long.MaxValue);
        Execute("INSERT INTO T (A, B) VALUES (4, '')");
        Execute("INSERT INTO T (A, B) VALUES (5, NULL)");
        using var rows = new PreparedStatement(connection, "SELECT B FROM T WHERE A >= ? ORDER BY A");
        rows.Bind(1, 1);

        for (var round = 0; round < 2; round++)
        {
            Assert.True(rows.Read());
            Assert.Equal(id, rows.Id(0));
            Assert.True(rows.Read());
            Assert.Equal("süß – 愛", rows.Text(0));
            Assert.True(rows.Read());
            Assert.Equal(long.MaxValue, rows.Number(0));
            Assert.True(rows.Read());
            Assert.Equal(("", false), (rows.Text(0), rows.IsNull(0)));
            Assert.True(rows.Read());
            Assert.Equal(("", true), (rows.Text(0), rows.IsNull(0)));
            Assert.False(rows.Read());
        }
    }

    [Theory]
    [InlineData("no identifier")]
    [InlineData("deadbeef-0000-4abc-8def-0123456789ab and more")]
    [InlineData("")]
    public void What_is_no_identifier_is_not_read_as_one(string text)
    {
        Execute("INSERT INTO T (A, B) VALUES (1, $value)", text);
        using var rows = new PreparedStatement(connection, "SELECT B FROM T");
        Assert.True(rows.Read());

        Assert.Contains(text, Assert.Throws<FormatException>(() => rows.Id(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_told_with_sqlites_code()
    {
        Execute("INSERT INTO T (A, B) VALUES (1, -9223372036854775808)");
        using var rows = new PreparedStatement(connection, "SELECT abs(B) FROM T");

        Assert.Equal(raw.SQLITE_ERROR, Assert.Throws<SqliteException>(() => rows.Read()).SqliteErrorCode);
    }

    [Fact]
    public void Closed_connection_is_refused()
    {
        using var closed = new SqliteConnection("Data Source=:memory:");

        Assert.Contains("not open", Assert.Throws<InvalidOperationException>(() => new PreparedStatement(closed, "SELECT 1")).Message, StringComparison.Ordinal);
    }
}
