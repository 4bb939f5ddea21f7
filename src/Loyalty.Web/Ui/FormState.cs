using System.Linq.Expressions;
using Microsoft.AspNetCore.Components.Forms;

namespace Loyalty.Web.Ui;

/// <summary>
/// A form's values and what is wrong with them. Checks are plain code in the page, so that every message is a resource
/// and may depend on more than one field.
/// </summary>
public sealed class FormState<TModel>
    where TModel : class
{
    private readonly ValidationMessageStore _errors;

    public FormState(TModel model)
    {
        Model = model;
        Context = new EditContext(model);
        _errors = new ValidationMessageStore(Context);
    }

    public TModel Model { get; }

    public EditContext Context { get; }

    /// <summary>What is wrong with the whole rather than with one field.</summary>
    public string? Problem { get; set; }

    public bool Valid => Problem is null && !Context.GetValidationMessages().Any();

    public void Clear()
    {
        Problem = null;
        _errors.Clear();
    }

    public void Add(Expression<Func<object?>> field, string message) => _errors.Add(FieldIdentifier.Create(field), message);

    public bool Require(Expression<Func<object?>> field, string? value, string message)
    {
        if (!string.IsNullOrWhiteSpace(value))
            return true;

        Add(field, message);
        return false;
    }
}
