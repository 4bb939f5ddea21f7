namespace Loyalty.Web.Features.ActionPlans.CheckIns;

internal sealed class CheckInsText;
