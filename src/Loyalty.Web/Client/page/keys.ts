import { toggleFullscreen } from './fullscreen';

/** A component on the server, as the interop hands it over. */
export interface Remote {
  invokeMethodAsync(method: string, ...args: unknown[]): Promise<unknown>;
}

const typing = 'input, textarea, select, [contenteditable="true"]';
// Space and Enter press what has the focus, and arrows move within a group: those keys keep their own meaning there.
const pressable = 'button, a[href], summary, [role="button"]';

function isTaken(event: KeyboardEvent): boolean {
  const at = event.target instanceof Element ? event.target : document.body;
  return (
    event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey
    || at.closest(typing) !== null
    || (event.key === ' ' && at.closest(pressable) !== null)
    || document.querySelector('dialog[open]') !== null
  );
}

/** Which action a key stands for: by what it writes first, then (for clickers and other layouts) by its name. */
function actionOf(event: KeyboardEvent, actions: Record<string, string>): string | undefined {
  return actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/**
 * Sends keys (of a keyboard or a clicker) to the component's `OnKey`, by the names in `actions`.
 * Never while somebody types, and never through an open dialog. `fullscreen` is done here: browsers want it in the key press itself.
 */
export function listenToKeys(remote: Remote, actions: Record<string, string>): { stop(): void } {
  const onKey = (event: KeyboardEvent): void => {
    const action = isTaken(event) ? undefined : actionOf(event, actions);
    if (!action) {
      return;
    }

    event.preventDefault();
    if (action === 'fullscreen') {
      void toggleFullscreen();
    } else {
      void remote.invokeMethodAsync('OnKey', action);
    }
  };
  document.addEventListener('keydown', onKey);
  return { stop: () => document.removeEventListener('keydown', onKey) };
}
