using System.Linq.Expressions;
using Loyalty.Web.Ui;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.People.Account;

internal static class NewPasswordCheck
{
    /// <summary>Only what the form itself can know; whether the password is good enough is for the account rules to say.</summary>
    public static void RequireNewPassword<TModel>(
        this FormState<TModel> form,
        Expression<Func<object?>> passwordField, string password,
        Expression<Func<object?>> againField, string again,
        IStringLocalizer<AccountText> text)
        where TModel : class
    {
        if (form.Require(passwordField, password, text["NewPassword.Missing"]) && password != again)
            form.Add(againField, text["Again.Differs"]);
    }
}
