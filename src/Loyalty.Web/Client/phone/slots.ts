import { token } from './random';
import { load, save } from './store';

/** This phone's tokens for anonymous activities. They exist here only: the server keeps hashes. */
const slots = load<Record<string, string>>('slots') ?? {};

/** What this participant said about being compared with another workshop: their code, "no", or nothing yet. */
let comparison = load<string>('compare');

const refusal = 'no';

export function allSlots(): Record<string, string> {
  return slots;
}

/**
 * The token of an anonymous activity; `first` is taken if there is none yet. Random, or the same in every workshop if its holder
 * agreed to be compared; never the same in two activities, so that what the server keeps of them cannot be put together.
 */
export function slotOf(activity: string, first?: string): string {
  if (!slots[activity]) {
    const code = comparisonCode();
    slots[activity] = first || (code ? `compare.${code}.${activity}` : token());
    save('slots', slots);
  }

  return slots[activity]!;
}

/** Whether this participant has said yes or no. */
export function hasChosenComparison(): boolean {
  return comparison !== undefined;
}

/** The code that makes tokens the same in another workshop; none unless its holder agreed. */
export function comparisonCode(): string | undefined {
  return comparison === refusal ? undefined : comparison;
}

/**
 * From now on tokens are made of this code, or are random without one.
 * @param unanswered An activity that has a token but no answer yet; it takes another one.
 */
export function compareBy(code: string | undefined, unanswered: string | undefined): void {
  comparison = code ?? refusal;
  save('compare', comparison);
  if (unanswered) {
    delete slots[unanswered];
    save('slots', slots);
  }
}
