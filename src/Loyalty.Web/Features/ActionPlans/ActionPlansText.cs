namespace Loyalty.Web.Features.ActionPlans;

public sealed class ActionPlansText;
