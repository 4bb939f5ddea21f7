/**
 * `<loyalty-countdown left="90000" running>1:30</loyalty-countdown>`: shows what is left and counts down by itself.
 *
 * The server says how much was left when it rendered, in milliseconds; from there the browser's own monotonic clock
 * counts, so that a wrong clock on the display does no harm. The time is drawn in a shadow tree: the text between the
 * tags belongs to the server, which writes it for readers without script.
 */
class Countdown extends HTMLElement {
  static readonly observedAttributes = ['left', 'running'];

  readonly #root = this.attachShadow({ mode: 'open' });
  #endsAt = 0;
  #timer = 0;

  connectedCallback(): void {
    this.#restart();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) {
      this.#restart();
    }
  }

  #restart(): void {
    this.#endsAt = performance.now() + Number(this.getAttribute('left') ?? 0);
    this.#draw();
  }

  #draw(): void {
    clearTimeout(this.#timer);
    const left = Math.max(0, this.#endsAt - performance.now());
    const text = format(left);
    if (this.#root.textContent !== text) {
      this.#root.textContent = text;
    }

    this.toggleAttribute('over', left === 0);
    if (left > 0 && this.hasAttribute('running')) {
      // Wakes just after the next whole second, so that no second is shown twice or left out.
      this.#timer = window.setTimeout(() => this.#draw(), (left % 1000) + 20);
    }
  }
}

/** Whole seconds, rounded up: a countdown of one minute begins with 1:00 and ends when 0:00 appears. */
function format(left: number): string {
  const seconds = Math.ceil(left / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

if (!customElements.get('loyalty-countdown')) {
  customElements.define('loyalty-countdown', Countdown);
}
