namespace Loyalty.Web.Printing;

internal sealed class PrintingText;
