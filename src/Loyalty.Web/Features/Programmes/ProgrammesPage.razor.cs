using System.Collections.Immutable;
using System.Security.Claims;
using Loyalty.Engine.Curriculum;
using Loyalty.Engine.Live;
using Loyalty.Web.Identity;
using Loyalty.Web.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace Loyalty.Web.Features.Programmes;

/// <summary>The programmes that somebody can use, and the way in for one from elsewhere.</summary>
public sealed partial class ProgrammesPage(ProgrammeShelf shelf, ExerciseRulebook rulebook, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ClaimsPrincipal _user = new();
    private Guid _me;
    private ImmutableArray<ProgrammeLine>? _lines;
    private ImmutableArray<string> _refused = [];
    private bool _busy;

    [Inject] private IStringLocalizer<ProgrammesText> Text { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _user = (await Authentication).User;
        _me = AppClaims.IdOf(_user) ?? Guid.Empty;
        _lines = await shelf.ListAsync(_user, _closed.Token);
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        if (_busy)
            return;

        _busy = true;
        _refused = [];
        try
        {
            switch (await ReadAsync(chosen.File))
            {
                case ProgrammeReading.Taken(var programme):
                    navigation.NavigateTo($"/programmes/{await shelf.CreateAsync(_me, programme, _closed.Token)}");
                    break;
                case ProgrammeReading.Refused(var problems):
                    _refused = [.. problems.Select(SentenceOf)];
                    break;
            }
        }
        catch (IOException)
        {
            // The upload broke off: the browser, the network, or the file changed while it was read.
            _refused = [Text["Import.Broken"]];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<ProgrammeReading> ReadAsync(IBrowserFile file)
    {
        // What is too large is not even read.
        if (file.Size > ProgrammeFile.MaxBytes)
            return ProgrammeFile.TooLarge;
        await using var stream = file.OpenReadStream(ProgrammeFile.MaxBytes, _closed.Token);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, _closed.Token);
        return ProgrammeFile.Read(memory.ToArray(), rulebook);
    }

    private string SentenceOf(ProgrammeProblem problem) => Text["File.Line", problem.Line, Text["File." + problem.Code, [.. problem.Args]].Value];
}
