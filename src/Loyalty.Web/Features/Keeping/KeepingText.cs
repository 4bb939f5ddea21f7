namespace Loyalty.Web.Features.Keeping;

internal sealed class KeepingText;
