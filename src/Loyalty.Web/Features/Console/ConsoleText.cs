namespace Loyalty.Web.Features.Console;

/// <summary>The words of the facilitator's console.</summary>
internal sealed class ConsoleText;
