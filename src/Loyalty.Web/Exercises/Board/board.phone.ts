/** Says how many characters are left. */
export function enhance(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>('textarea[name="text"]');
  const left = form.querySelector<HTMLElement>('[data-left]');
  if (text && left) {
    const hint = left.textContent ?? '';
    const say = () => {
      left.textContent = text.value ? (left.dataset['left'] ?? '').replace('{0}', String(text.maxLength - text.value.length)) : hint;
    };
    text.addEventListener('input', say);
    say();
  }
}
