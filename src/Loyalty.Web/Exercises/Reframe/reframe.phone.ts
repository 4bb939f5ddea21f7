import type { PhoneTools } from '../../Client/phone/tools';

/**
 * Sends the entries that are shared and no word of the others. Those stay in the draft, which is on this phone only: it is forgotten
 * when the server has all of it, and of a private entry the server never has anything.
 */
export function enhance(form: HTMLFormElement, tools: PhoneTools): void {
  form.querySelectorAll('details').forEach(another => (another.open = [...another.querySelectorAll('textarea')].some(box => box.value)));
  form.addEventListener('submit', event => {
    event.preventDefault();
    event.stopPropagation(); // the page would send the whole form
    tools.changed();
    const fields: Record<string, string> = { do: 'answer' };
    form.querySelectorAll('[data-entry]').forEach(entry => {
      if (entry.querySelector(':checked')) entry.querySelectorAll<HTMLInputElement>('[name]').forEach(box => (fields[box.name] = box.value));
    });
    tools.send(fields);
  });
}
