import { text } from './boot';
import type { Item, Items, Own } from './messages';

/** What others wrote, as far as this phone was told. */
export class Board {
  private items = new Map<string, Item>();
  private order: string[] = [];
  private revision = 0;

  take(message: Items): void {
    if (message.revision < this.revision) {
      return;
    }

    this.revision = message.revision;
    if (message.full) {
      this.items.clear();
    }

    for (const item of message.changed) {
      this.items.set(item.id, item);
    }

    this.order = message.order;
  }

  clear(): void {
    this.items.clear();
    this.order = [];
    this.revision = 0;
  }

  /** Fills the lists of a stage. `own` tells which lines are this participant's and which they have marked. */
  show(root: ParentNode, own: Own): void {
    const all = this.order.map(id => this.items.get(id)).filter((item): item is Item => item !== undefined);
    for (const list of lists(root, 'data-items')) {
      const slot = list.getAttribute('data-items');
      showList(list, 'data-item', all.filter(item => !slot || item.slot === slot), own);
    }
  }
}

export function showOwnItems(root: ParentNode, own: Own): void {
  for (const list of lists(root, 'data-own-items')) {
    const slot = list.getAttribute('data-own-items');
    showList(list, 'data-own-item', own.items.filter(item => !slot || item.slot === slot), own);
  }
}

function lists(root: ParentNode, attribute: string): Element[] {
  return Array.from(root.querySelectorAll(`[${attribute}]`));
}

function showList(list: Element, part: string, items: Item[], own: Own): void {
  const template = list.querySelector<HTMLTemplateElement>(`template[${part}]`);
  if (!template) {
    return;
  }

  const old = new Map(Array.from(list.querySelectorAll<HTMLElement>(':scope > [data-id]'), row => [row.dataset['id']!, row]));
  let before: Element = template;
  for (const item of items) {
    let row = old.get(item.id);
    old.delete(item.id);
    row ??= newRow(template, item.id);
    // Being edited: what stands there is the writer's, not ours.
    if (!row.querySelector('[data-editing]')) {
      showItem(row, item, own.marks.includes(item.id));
    }

    row.toggleAttribute('data-mine', own.items.some(mine => mine.id === item.id));

    // Only what is out of place is moved: a moved button loses its focus.
    if (before.nextElementSibling !== row) {
      before.after(row);
    }

    before = row;
  }

  old.forEach(row => row.remove());
  list.toggleAttribute('data-empty', items.length === 0);
}

function newRow(template: HTMLTemplateElement, id: string): HTMLElement {
  const content = template.content.cloneNode(true) as DocumentFragment;
  let row = content.firstElementChild as HTMLElement;
  if (row.tagName !== 'LI' || content.childElementCount > 1) {
    row = document.createElement('li');
    row.append(content);
  }

  row.dataset['id'] = id;
  return row;
}

function showItem(row: HTMLElement, item: Item, marked: boolean): void {
  row.dataset['state'] = item.status;
  set(row, 'data-text', item.text);
  set(row, 'data-by', item.by ?? '');
  set(row, 'data-count', item.count === null ? '' : String(item.count));
  for (const place of Array.from(row.querySelectorAll('[data-status]'))) {
    // In the type's own words, if it has some for this state.
    place.textContent = item.status && (place.getAttribute(`data-status-${item.status}`) ?? text(`item.${item.status}`));
  }

  // A vote is a toggle, and shows its count; withdrawing is not.
  for (const button of Array.from(row.querySelectorAll('[data-send]')).filter(button => button.querySelector('[data-count]') || button.hasAttribute('aria-pressed'))) {
    button.setAttribute('aria-pressed', String(marked));
  }
}

// Text, never HTML: these are other people's words.
function set(row: HTMLElement, attribute: string, value: string): void {
  for (const place of Array.from(row.querySelectorAll(`[${attribute}]`))) {
    if (place.textContent !== value) {
      place.textContent = value;
    }
  }
}
