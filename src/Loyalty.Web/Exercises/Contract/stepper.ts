/**
 * Makes `<div data-stepper><button data-by="-1" hidden>…<input type="number" min max>…<button data-by="1" hidden>` count with
 * the thumb. Without this script the field is a plain number field and the buttons stay hidden.
 */
export function steppers(form: HTMLFormElement): HTMLInputElement[] {
  return Array.from(form.querySelectorAll<HTMLElement>('[data-stepper]')).map(stepper => {
    const input = stepper.querySelector('input')!;
    const buttons = Array.from(stepper.querySelectorAll<HTMLButtonElement>('[data-by]'));
    const limit = (): void => buttons.forEach(button => {
      const by = Number(button.dataset['by']);
      // Not `disabled`, which would take the focus away from under the thumb.
      button.setAttribute('aria-disabled', String(input.value === (by < 0 ? input.min : input.max)));
    });
    for (const button of buttons) {
      button.hidden = false;
      button.onclick = () => {
        const value = Math.round(Number(input.value) || 0) + Number(button.dataset['by']);
        input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), value)));
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
    }

    input.addEventListener('input', limit);
    limit();
    return input;
  });
}
