/**
 * Says when the server is lost and brings the page back by itself, however long it takes.
 *
 * The framework tries to reconnect, but waits ever longer between tries, gives up in the end, and after a restart of the
 * server its session is gone for good. So while it is down this asks the server for a sign of life every two seconds:
 * at the first one the framework is made to try at once, and if there is nothing left to reconnect to, the page loads anew.
 */
const lostClasses = ['components-reconnect-show', 'components-reconnect-failed', 'components-reconnect-rejected'];
const pause = 2000;

let watching = false;
let lost = false;

export function watchServer(): void {
  const state = document.getElementById('components-reconnect-modal');
  if (watching || !state) {
    return;
  }

  watching = true;
  new MutationObserver(() => onChange(state)).observe(state, { attributeFilter: ['class'] });
}

function onChange(state: Element): void {
  const isLost = lostClasses.some(name => state.classList.contains(name));
  for (const notice of document.querySelectorAll<HTMLElement>('[data-server-lost]')) {
    notice.hidden = !isLost;
  }

  if (isLost && !lost) {
    void returnWhenAlive(state);
  }

  lost = isLost;
}

async function returnWhenAlive(state: Element): Promise<void> {
  do {
    // Jitter: thirty displays and a console must not all come back in the same instant.
    await new Promise(resolve => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
    if (lost && (await isAlive())) {
      if (state.classList.contains('components-reconnect-show')) {
        // The framework's wait between two tries ends when the page becomes visible; this says that it is.
        document.dispatchEvent(new Event('visibilitychange'));
      } else {
        location.reload();
        return;
      }
    }
  } while (lost);
}

async function isAlive(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false; // Not reachable yet: that is what is being waited for.
  }
}
