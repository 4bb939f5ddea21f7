// Tap in order; once everything has a place, drag by the number or use the arrows. The selects hold the answer all along.
import type { PhoneTools } from '../../Client/phone/tools';

export function enhance(form: HTMLFormElement, tools: PhoneTools): void {
  form.querySelectorAll<HTMLFieldSetElement>('.ranking').forEach(set => {
    const list = set.querySelector('ol')!;
    const rows = () => [...list.children] as HTMLElement[];
    const select = (row: HTMLElement) => form.elements.namedItem(row.dataset['for']!) as HTMLSelectElement;
    const place = (row: HTMLElement) => Number(select(row).value);
    const put = (row: HTMLElement, value: number) => (select(row).value = String(value || ''));
    const next = () => rows().filter(place).length + 1;
    const isFull = () => rows().every(place);
    const changed = () => {
      // The error is about the whole list, so that any change answers it.
      set.querySelector<HTMLElement>('[data-error]')!.hidden = true;
      tools.changed();
    };

    const say = (key: string, number = next(), row?: HTMLElement) => {
      const words = set.dataset[key]!.replace('{0}', String(number)).replace('{1}', row?.querySelector('span')!.textContent ?? '');
      set.querySelector('.ranking-status')!.textContent = words;
    };
    const ask = () => say(isFull() ? 'done' : next() === 1 ? 'first' : 'next');

    const show = () => {
      list.classList.toggle('full', isFull());
      rows().forEach((row, index, all) => {
        const number = place(row);
        const [name, up, down] = [...row.children] as HTMLElement[];
        row.classList.toggle('on', number > 0);
        row.querySelector('b')!.textContent = String(number || '');
        name!.setAttribute('aria-pressed', String(number > 0));
        up!.setAttribute('aria-disabled', String(index === 0));
        down!.setAttribute('aria-disabled', String(index === all.length - 1));
      });
    };
    const sort = () => {
      if (isFull()) list.append(...rows().sort((a, b) => place(a) - place(b)));
      show();
    };

    // The neighbour is what moves in the document: the row in hand keeps its focus and its pointer.
    const pass = (row: HTMLElement, other: Element, up: boolean) => {
      if (up) row.after(other);
      else row.before(other);
      rows().forEach((r, index) => put(r, index + 1));
      show();
      say('moved', place(row), row);
      changed();
    };

    set.querySelectorAll<HTMLElement>('.ranking-select').forEach(label => (label.hidden = true));
    list.hidden = false;
    sort();
    ask();

    let held: HTMLElement | null = null;
    let dragged = false;

    list.onclick = event => {
      const button = (event.target as Element).closest('button');
      if (!button || dragged) return;
      const row = button.parentElement!;
      const by = Number(button.dataset['by']);
      if (by) {
        const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
        if (other) pass(row, other, by < 0);
        return;
      }

      const was = place(row);
      rows().forEach(r => was && place(r) > was && put(r, place(r) - 1));
      put(row, was ? 0 : next());
      sort();
      if (was) say('back', next(), row);
      else ask();
      changed();
    };

    list.onpointerdown = event => {
      dragged = false;
      const handle = (event.target as Element).closest('b');
      held = handle && isFull() ? handle.closest('li') : null;
    };
    list.onpointermove = event => {
      if (!held) return;
      const row = held;
      const middle = (other: Element) => other.getBoundingClientRect().top + other.clientHeight / 2;
      const above = row.previousElementSibling;
      const below = row.nextElementSibling;
      const up = above && event.clientY < middle(above);
      if (!up && !(below && event.clientY > middle(below))) return;
      if (!dragged) list.setPointerCapture(event.pointerId);
      dragged = true;
      row.classList.add('drag');
      pass(row, (up ? above : below)!, !!up);
    };
    list.onpointerup = list.onpointercancel = () => {
      held?.classList.remove('drag');
      held = null;
    };
  });
}
