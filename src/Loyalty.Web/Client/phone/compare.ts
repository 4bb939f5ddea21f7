import { boot, text } from './boot';
import { bytes } from './random';
import { compareBy, comparisonCode, hasChosenComparison } from './slots';

// As join codes: without letters and numbers that look alike. 15 of them are 68 bits, too many to try them all.
const alphabet = 'ACDEFGHJKMNPQRTWXY34679';
const length = 15;

/** The code stays on the phone between workshops, for the one who used it: somebody else on the same phone gets their own. */
interface Kept {
  code: string;
  page: string;
  me: string;
}

const kept = 'loyalty.compare';

/**
 * Asks once whether anonymous answers may be compared. Above the stage while it asks, below it afterwards.
 * @param unanswered The anonymous activity on stage in which nothing was answered yet, if there is one.
 */
export function askToCompare(stage: HTMLElement, unanswered: () => string | undefined, say: (sentence: string) => void): void {
  const section = document.getElementById('compare');
  if (!section) {
    return;
  }

  const form = section.querySelector('form')!;
  const state = section.querySelector<HTMLElement>('p.row')!;
  const input = section.querySelector('input')!;
  const error = document.getElementById('compare-error')!;

  const show = (asking: boolean): void => {
    form.hidden = !asking;
    state.hidden = asking;
    document.getElementById('compare-state')!.textContent = sentence();
    section.removeAttribute('hidden');
    if (asking) {
      input.value = inFives(comparisonCode() ?? earlier() ?? fresh());
      stage.before(section);
    } else {
      stage.after(section);
    }
  };

  const decide = (code?: string): void => {
    compareBy(code, unanswered());
    show(false);
    say(text('compareNoted'));
    stage.focus();
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    const code = input.value.toUpperCase().replace(/[^A-Z0-9]/g, '');
    error.hidden = code.length === length && [...code].every(letter => alphabet.includes(letter));
    input.setAttribute('aria-invalid', String(!error.hidden));
    if (!error.hidden) {
      input.focus();
      return;
    }

    keep(code);
    decide(code);
  });

  section.addEventListener('click', event => {
    const pressed = (event.target as Element).closest<HTMLElement>('[data-compare]');
    if (pressed?.dataset['compare'] === 'no') {
      decide();
    } else if (pressed) {
      show(true);
      document.getElementById('compare-title')!.focus();
    }
  });

  show(!hasChosenComparison());
}

function sentence(): string {
  const code = comparisonCode();
  return code ? text('compared', inFives(code)) : text('notCompared');
}

function fresh(): string {
  return Array.from(bytes(length), byte => alphabet[byte % alphabet.length]).join('');
}

function inFives(code: string): string {
  return code.replace(/(.{5})(?=.)/g, '$1-');
}

function earlier(): string | undefined {
  try {
    const last = JSON.parse(localStorage.getItem(kept) ?? 'null') as Kept | null;
    return last && (last.page !== boot.page || last.me === boot.me) ? last.code : undefined;
  } catch {
    return undefined; // blocked: there is a note on paper, or a new code
  }
}

function keep(code: string): void {
  try {
    localStorage.setItem(kept, JSON.stringify({ code, page: boot.page, me: boot.me } satisfies Kept));
  } catch {
    // Blocked or full: the code stands on the screen to be written down.
  }
}
