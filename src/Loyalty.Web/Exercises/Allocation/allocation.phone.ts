import { steppers } from '../Contract/stepper';

/** Says how many units are still to be placed. */
export function enhance(form: HTMLFormElement): void {
  const inputs = steppers(form);
  const output = form.querySelector<HTMLOutputElement>('[data-left]')!;
  const { total, left, none, over } = output.dataset;
  const count = (): void => {
    const rest = Number(total) - inputs.reduce((sum, input) => sum + (Number(input.value) || 0), 0);
    output.textContent = (rest > 0 ? left : rest < 0 ? over : none)!.replace('{0}', String(Math.abs(rest)));
    output.toggleAttribute('data-done', rest === 0);
  };
  inputs.forEach(input => input.addEventListener('input', count));
  count();
}
