import { text } from './boot';

/** One question at a time, where the form has several. */
export class Steps {
  private readonly steps: HTMLElement[];
  private readonly count = document.createElement('span');
  private readonly back = document.createElement('button');
  private readonly next = document.createElement('button');
  private current = 0;

  constructor(private readonly form: HTMLFormElement, start: number, private readonly moved: (step: number) => void) {
    this.steps = Array.from(form.querySelectorAll<HTMLElement>('[data-step]'));
    if (this.steps.length < 2) {
      return;
    }

    const bar = document.createElement('div');
    bar.className = 'steps';
    for (const [button, key, by] of [[this.back, 'back', -1], [this.next, 'next', 1]] as const) {
      button.type = 'button';
      button.className = by < 0 ? 'quiet' : 'primary';
      button.textContent = text(key);
      button.onclick = () => this.go(this.current + by, true);
    }

    this.count.className = 'steps-count';
    bar.append(this.back, this.count, this.next);
    this.steps[this.steps.length - 1]!.after(bar);
    this.go(start, false);
  }

  get isLast(): boolean {
    return this.steps.length < 2 || this.current === this.steps.length - 1;
  }

  forward(): void {
    this.go(this.current + 1, true);
  }

  /** Brings a field into view, whichever step it is in. */
  reveal(element: Element): void {
    const index = this.steps.findIndex(step => step.contains(element));
    if (index >= 0 && this.steps.length > 1) {
      this.go(index, false);
    }
  }

  private go(step: number, focus: boolean): void {
    this.current = Math.max(0, Math.min(step, this.steps.length - 1));
    this.steps.forEach((element, index) => (element.hidden = index !== this.current));
    this.count.textContent = text('step', this.current + 1, this.steps.length);
    this.back.style.visibility = this.current === 0 ? 'hidden' : '';
    this.next.hidden = this.isLast;
    for (const submit of Array.from(this.form.querySelectorAll<HTMLElement>('button.primary[type=submit]'))) {
      submit.hidden = !this.isLast;
    }

    this.moved(this.current);
    if (focus) {
      const shown = this.steps[this.current]!;
      const legend = shown.querySelector<HTMLElement>('legend') ?? shown;
      legend.tabIndex = -1;
      legend.focus({ preventScroll: true });
      shown.scrollIntoView({ block: 'nearest' });
    }
  }
}
