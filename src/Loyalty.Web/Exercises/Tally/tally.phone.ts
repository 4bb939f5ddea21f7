import { steppers } from '../Contract/stepper';

/** Counts with the thumb. */
export function enhance(form: HTMLFormElement): void {
  steppers(form);
}
