import { text } from './boot';

/** Turns an own item into a text field with save and cancel, in its place. */
export function editItem(row: HTMLElement, save: (words: string) => void): void {
  const shown = row.querySelector<HTMLElement>('[data-text]');
  if (!shown || row.querySelector('[data-editing]')) {
    return;
  }

  const box = document.createElement('div');
  const field = document.createElement('textarea');
  const done = (words?: string) => {
    box.remove();
    hidden.forEach(element => (element.hidden = false));
    row.querySelector<HTMLElement>('[data-edit]')?.focus();
    if (words !== undefined && words.trim() !== '' && words !== shown.textContent) {
      shown.textContent = words;
      save(words);
    }
  };

  const button = (key: string, css: string, click: () => void) => {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = css;
    element.textContent = text(key);
    element.onclick = click;
    return element;
  };

  field.value = shown.textContent ?? '';
  field.dir = 'auto';
  field.setAttribute('aria-label', text('edit'));
  field.maxLength = Number(row.closest('form')?.querySelector('textarea[maxlength]')?.getAttribute('maxlength') ?? 1_000);
  box.dataset['editing'] = '';
  box.className = 'stack';
  const actions = document.createElement('div');
  actions.className = 'row';
  actions.append(button('save', 'primary', () => done(field.value)), button('cancel', 'quiet', () => done()));
  box.append(field, actions);
  const hidden = Array.from(row.children).filter((child): child is HTMLElement => child instanceof HTMLElement);
  hidden.forEach(element => (element.hidden = true));
  row.append(box);
  field.focus();
}
