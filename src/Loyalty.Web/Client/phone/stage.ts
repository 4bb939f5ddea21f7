import { exercises } from 'exercises';
import { keepAwake, letSleep } from '../page/wakeLock';
import { text } from './boot';
import { clearErrors, fill, fingerprint, read, showErrors, showGiven } from './fields';
import { Board, showOwnItems } from './items';
import type { FieldError, Items, Own, Stage } from './messages';
import { Steps } from './steps';
import { forget, load, save } from './store';
import { Timer } from './timer';
import type { PhoneTools, Values } from './tools';

interface Draft {
  values: Values;
  step: number;
  /** Begun before the server had said what this participant gave or is given here. */
  early?: boolean | undefined;
}

export interface StageEvents {
  send(fields: Values): void;
  say(sentence: string): void;
}

const nothing = (activity: string): Own => ({ activity, answered: false, fields: {}, items: [], marks: [] });

/**
 * What is on stage, on this phone: the fragment that all phones got, with this participant's own words in it. While somebody
 * is writing, the same activity in the same phase is never replaced.
 */
export class StageView {
  private stage: Stage | undefined;
  private pristine: HTMLElement;
  private readonly owns = new Map<string, Own>();
  private readonly board = new Board();
  private readonly timer: Timer;
  private steps: Steps | undefined;
  private step = 0;
  // The values that the form showed when it was last built or written to.
  private shown = '';
  // While an exercise's script sets its form up, nobody is writing.
  private building = false;

  constructor(private readonly root: HTMLElement, private readonly events: StageEvents) {
    this.timer = new Timer(root, sentence => events.say(sentence));
    this.pristine = this.section.cloneNode(true) as HTMLElement;
    this.restoreDraft();
    this.enhance();
    root.addEventListener('input', event => this.onInput(event));
    root.addEventListener('change', event => this.onInput(event));
  }

  get activity(): string | undefined {
    return this.section.dataset['activity'];
  }

  get revision(): number {
    return this.stage?.revision ?? 0;
  }

  get anonymous(): boolean {
    return this.stage?.anonymity === 'anonymous';
  }

  get form(): HTMLFormElement | null {
    return this.root.querySelector<HTMLFormElement>('form[data-exercise]');
  }

  get isLastStep(): boolean {
    return this.steps?.isLast ?? true;
  }

  get answered(): boolean {
    return this.own.answered;
  }

  forward(): void {
    this.steps?.forward();
  }

  /** Whether the server is to be asked what this participant gave here, or is given now. */
  get lacksOwn(): boolean {
    return this.form !== null && (this.section.dataset['part'] !== '0' || !this.owns.has(this.activity!));
  }

  /** Takes the stage that the server has. Returns whether another one is shown now. */
  take(stage: Stage): boolean {
    if (this.stage && stage.revision < this.stage.revision) {
      return false;
    }

    const holder = document.createElement('template');
    holder.innerHTML = stage.html; // our own server's, rendered without anybody's words as markup
    const next = holder.content.firstElementChild as HTMLElement;
    const same = this.isSame(next);
    const known = this.stage;
    this.stage = stage;
    this.pristine = next;
    if (!same) {
      this.board.clear();
      this.forgetGiven(next);
    }

    if (stage.items) {
      this.board.take(stage.items);
    }

    if (!same) {
      this.change(next);
    } else if (this.form) {
      this.sync();
      if (!known && this.answered) {
        this.events.say(text('answered'));
      }
    } else if (known && next.dataset['revision'] !== this.section.dataset['revision']) {
      // Nothing to write in: one more point of a teach screen. No jump, no announcement.
      this.section.replaceWith(next.cloneNode(true));
    }

    this.timer.take(stage);
    this.showItems();
    void (stage.status === 'live' && this.form ? keepAwake() : letSleep());
    return !same;
  }

  takeItems(items: Items): void {
    if (items.activity === this.activity) {
      this.board.take(items);
      this.showItems();
    }
  }

  takeOwn(own: Own): void {
    this.owns.set(own.activity, own);
    if (own.activity === this.activity) {
      this.completeDraft();
      this.sync();
      this.showItems();
    }
  }

  /** The server has this answer: the draft has done its work, unless more was written since. */
  saved(activity: string, fields: Values): void {
    const draft = load<Draft>(`draft.${activity}`);
    const { do: _, ...sent } = fields;
    if (draft && fingerprint(draft.values) === fingerprint(sent)) {
      forget(`draft.${activity}`);
      this.keepRest(activity, draft.values);
    }
  }

  // Some forms send one thing after another, such as posts: what is marked is emptied, the rest stays for the next one.
  private keepRest(activity: string, values: Values): void {
    const marked = Array.from(this.form?.querySelectorAll<HTMLInputElement>('[data-clear]') ?? [], control => control.name);
    if (activity === this.activity && marked.length > 0) {
      const rest = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, marked.includes(name) ? [] : list]));
      save(`draft.${activity}`, { values: rest, step: this.step } satisfies Draft);
    }
  }

  /** Shows what was wrong, if it is still the same exercise that is shown. */
  refused(activity: string, errors: FieldError[]): void {
    const form = this.form;
    if (!form || activity !== this.activity) {
      return;
    }

    this.showItems(); // a vote that was shown at once is taken back
    const first = showErrors(form, errors);
    if (first) {
      this.steps?.reveal(first);
      first.focus();
    }
  }

  /** Keeps what stands in the form, now. */
  keepDraft(): void {
    const form = this.form;
    if (form && this.activity && !this.building) {
      const values = read(form);
      const early = this.draft ? this.draft.early : !this.owns.has(this.activity);
      this.shown = fingerprint(values);
      save(`draft.${this.activity}`, { values, step: this.step, early } satisfies Draft);
    }
  }

  // Roles change with the part: rather none for a moment than the last one's. Finding one's group, part 0, gives none.
  private forgetGiven(next: HTMLElement): void {
    const { activity, part } = next.dataset;
    const own = this.owns.get(activity ?? '');
    if (own && part !== '0' && activity === this.activity && part !== this.section.dataset['part']) {
      this.owns.set(own.activity, { ...own, fields: Object.fromEntries(Object.entries(own.fields).filter(([name]) => name[0] !== '_')) });
    }
  }

  // Somebody was quicker than the server: what they have not touched is as the server says, such as the column they write for.
  private completeDraft(): void {
    const draft = this.draft;
    if (draft?.early) {
      const written = Object.entries(draft.values).filter(([, list]) => list.some(value => value !== ''));
      const given = Object.entries(this.own.fields).filter(([name]) => name[0] !== '_');
      save(`draft.${this.activity}`, { values: Object.fromEntries([...given, ...written]), step: draft.step } satisfies Draft);
    }
  }

  private get section(): HTMLElement {
    return this.root.firstElementChild as HTMLElement;
  }

  private get draft(): Draft | undefined {
    return this.activity ? load<Draft>(`draft.${this.activity}`) : undefined;
  }

  private get own(): Own {
    const activity = this.activity ?? '';
    return this.owns.get(activity) ?? nothing(activity);
  }

  private isSame(next: HTMLElement): boolean {
    const now = this.section;
    return ['activity', 'phase', 'status', 'part'].every(name => now.dataset[name] === next.dataset[name]);
  }

  private onInput(event: Event): void {
    const form = this.form;
    const target = event.target as HTMLInputElement;
    if (form && target.form === form && target.name && !this.building) {
      clearErrors(form, target.name);
      this.events.say('');
      this.keepDraft();
    }
  }

  private change(next: HTMLElement): void {
    const unsent = this.form && this.draft;
    this.section.replaceWith(next.cloneNode(true));
    this.section.classList.add('enter');
    this.step = 0;
    this.restoreDraft(this.own.fields);
    this.enhance();
    this.events.say(unsent && !this.form ? text('unsent') : this.form && this.answered ? text('answered') : '');
    this.root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  // Makes the form show own answers and draft, if it does not yet. Builds it anew, so that an exercise's script starts afresh.
  private sync(): void {
    const form = this.form;
    if (!form) {
      return;
    }

    const holder = this.pristine.querySelector<HTMLFormElement>('form[data-exercise]');
    const wanted = fingerprint(this.draft?.values ?? { ...(holder ? read(holder) : {}), ...this.own.fields });
    if (wanted !== this.shown) {
      const focused = document.activeElement as HTMLInputElement | null;
      const inside = focused && form.contains(focused) ? focused.name : undefined;
      this.section.replaceWith(this.pristine.cloneNode(true));
      this.restoreDraft(this.own.fields);
      this.enhance();
      if (inside) {
        this.form?.querySelector<HTMLElement>(`[name="${CSS.escape(inside)}"]`)?.focus({ preventScroll: true });
      }
    }
  }

  private restoreDraft(own: Values = {}): void {
    const form = this.form;
    if (!form) {
      return;
    }

    const draft = this.draft;
    fill(form, draft?.values ?? own, draft !== undefined);
    this.step = draft?.step ?? this.step;
    this.shown = fingerprint(read(form));
  }

  private enhance(): void {
    const form = this.form;
    if (!form) {
      return;
    }

    form.noValidate = true; // errors come from the server, in words, beside the field
    const tools: PhoneTools = {
      changed: () => this.keepDraft(),
      send: fields => this.events.send(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value].flat()]))),
      text,
    };
    this.building = true;
    try {
      exercises[form.dataset['exercise']!]?.(form, tools);
    } finally {
      this.building = false;
    }

    this.steps = new Steps(form, this.step, step => (this.step = step));
  }

  private showItems(): void {
    this.board.show(this.root, this.own);
    showOwnItems(this.root, this.own);
    showGiven(this.root, this.own.fields);
    this.form?.toggleAttribute('data-answered', this.answered);
  }
}
