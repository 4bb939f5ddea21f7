let wanted = false;
let lock: WakeLockSentinel | undefined;

async function acquire(): Promise<void> {
  if (!wanted || lock || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) {
    return;
  }

  try {
    const taken = await navigator.wakeLock.request('screen');
    // The browser takes the lock away whenever the page is hidden; the listener below asks again.
    taken.addEventListener('release', () => (lock = undefined));
    lock = taken;
    if (!wanted) {
      await taken.release();
    }
  } catch {
    // Refused (low battery, no permission): the screen may dim, nothing else is lost.
  }
}

document.addEventListener('visibilitychange', () => void acquire());

/** Keeps the screen on while the page is visible, and again after each return to it. */
export async function keepAwake(): Promise<void> {
  wanted = true;
  await acquire();
}

export async function letSleep(): Promise<void> {
  wanted = false;
  await lock?.release();
}
