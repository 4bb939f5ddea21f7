namespace Loyalty.Web.Features.Console;

/// <summary>Something to be asked before it is done.</summary>
/// <param name="Yes">The words on the button that does it: a verb, never "OK".</param>
public sealed record Question(string Title, string Text, string Yes, Func<Task> OnYes);
