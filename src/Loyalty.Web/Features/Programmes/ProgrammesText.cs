namespace Loyalty.Web.Features.Programmes;

/// <summary>The words of the programmes, their editor and the library.</summary>
internal sealed class ProgrammesText;
