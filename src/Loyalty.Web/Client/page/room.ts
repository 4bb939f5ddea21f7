import { toggleFullscreen } from './fullscreen';
import { keepAwake, letSleep } from './wakeLock';

const themeKey = 'room-theme';
const idleAfter = 3000;

function setTheme(theme: string): void {
  document.documentElement.dataset['roomTheme'] = theme;
}

function toggleTheme(): void {
  const theme = document.documentElement.dataset['roomTheme'] === 'dark' ? 'light' : 'dark';
  setTheme(theme);
  localStorage.setItem(themeKey, theme);
}

function toggleJoin(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-join]');
  if (dialog?.open) {
    dialog.close();
  } else {
    dialog?.showModal();
  }
}

const actions: Record<string, () => void> = {
  d: toggleTheme,
  f: () => void toggleFullscreen(),
  j: toggleJoin,
};

/**
 * What a room display does without its server: stays awake, goes full screen, changes between light and dark, shows how
 * to join, and hides pointer and buttons while nobody touches it. Buttons name their key in `data-key`.
 */
export function startRoom(): { stop(): void } {
  let idle = 0;
  const root = document.documentElement;
  const onMove = (): void => {
    delete root.dataset['idle'];
    clearTimeout(idle);
    idle = window.setTimeout(() => (root.dataset['idle'] = ''), idleAfter);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (!event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat) {
      actions[event.key.toLowerCase()]?.();
    }
  };
  const onClick = (event: MouseEvent): void => {
    const key = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-key]')?.dataset['key'] : undefined;
    actions[key ?? '']?.();
  };

  setTheme(localStorage.getItem(themeKey) ?? 'light');
  document.addEventListener('pointermove', onMove);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onClick);
  root.dataset['idle'] = '';
  void keepAwake();
  return {
    stop: () => {
      clearTimeout(idle);
      delete root.dataset['idle'];
      document.removeEventListener('pointermove', onMove);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onClick);
      void letSleep();
    },
  };
}
