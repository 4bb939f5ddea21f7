import Sortable from 'sortablejs';
import type { Remote } from './keys';

/**
 * Lets the children of a list be dragged by their `.grip`. The component's `OnMoved` hears from where to where; the list itself is
 * left as it was, because the component draws it.
 */
export function sortable(list: HTMLElement, remote: Remote): { stop(): void } {
  const sorting = Sortable.create(list, {
    handle: '.grip',
    animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140,
    ghostClass: 'is-dragged',
    onEnd: ({ item, from, oldIndex, newIndex }) => {
      if (oldIndex === undefined || newIndex === undefined || oldIndex === newIndex) {
        return;
      }

      const others = [...from.children].filter(child => child !== item);
      from.insertBefore(item, others[oldIndex] ?? null);
      void remote.invokeMethodAsync('OnMoved', oldIndex, newIndex);
    },
  });
  return { stop: () => sorting.destroy() };
}
