import { sliders } from '../Contract/slider';

/** A slider beside each number that has too many steps for buttons. */
export function enhance(form: HTMLFormElement): void {
  sliders(form);
}
