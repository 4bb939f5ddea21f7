import { token } from './random';
import { load, save } from './store';

/** This phone's tokens for anonymous activities. They exist here only: the server keeps hashes. */
const slots = load<Record<string, string>>('slots') ?? {};

export function allSlots(): Record<string, string> {
  return slots;
}

/** The token of an anonymous activity; `first` is taken if there is none yet. */
export function slotOf(activity: string, first?: string): string {
  if (!slots[activity]) {
    slots[activity] = first || token();
    save('slots', slots);
  }

  return slots[activity]!;
}
