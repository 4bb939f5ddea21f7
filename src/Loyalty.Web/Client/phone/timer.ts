import { text } from './boot';
import type { Stage } from './messages';

/** The countdown on stage, by the server's clock. */
export class Timer {
  private endsAt: number | undefined;
  private left: number | undefined;
  private offset = 0;
  private warned = true;

  constructor(private readonly root: ParentNode, private readonly say: (sentence: string) => void) {
    setInterval(() => this.tick(), 500);
  }

  take(stage: Stage): void {
    this.offset = stage.now - Date.now();
    this.endsAt = stage.timerEndsAt ? Date.parse(stage.timerEndsAt) : undefined;
    this.left = stage.timerRemainingSeconds ?? undefined;
    this.warned = this.secondsLeft() <= 60;
    this.tick();
  }

  private secondsLeft(): number {
    return this.endsAt === undefined ? (this.left ?? 0) : Math.max(0, (this.endsAt - Date.now() - this.offset) / 1_000);
  }

  private tick(): void {
    const place = this.root.querySelector<HTMLElement>('[data-countdown]');
    if (!place) {
      return;
    }

    place.hidden = this.endsAt === undefined && this.left === undefined;
    if (place.hidden) {
      return;
    }

    const seconds = Math.ceil(this.secondsLeft());
    const running = this.endsAt !== undefined;
    const shown = running && seconds === 0 ? text('timeUp') : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const clock = place.querySelector('[data-clock]')!;
    if (clock.textContent !== shown) {
      clock.textContent = shown;
    }

    place.toggleAttribute('data-late', running && seconds <= 60);
    if (running && !this.warned && seconds <= 60) {
      this.warned = true;
      this.say(text('oneMinute'));
    }
  }
}
