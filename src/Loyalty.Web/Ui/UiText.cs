namespace Loyalty.Web.Ui;

/// <summary>The words of the shell and of the shared components.</summary>
internal sealed class UiText;
