import { boot, text } from './boot';
import { askToCompare } from './compare';
import { editItem } from './edit';
import { read } from './fields';
import { Line, within } from './line';
import type { HelloReply, Items, Own, Stage, SubmitReply } from './messages';
import { Outbox, type Letter } from './outbox';
import { allSlots, comparisonCode, slotOf } from './slots';
import { StageView } from './stage';
import type { Values } from './tools';

const pill = document.getElementById('pill')!;
const status = document.getElementById('status')!;
const pauseBeforeReconnecting = 1_000;

takePlainPost();

const timeToRead = 6_000;
let settling: ReturnType<typeof setTimeout> | undefined;

function say(sentence: string): void {
  if (status.textContent !== sentence) {
    status.textContent = sentence;
    status.classList.remove('settled');
    clearTimeout(settling);
    settling = setTimeout(() => status.classList.add('settled'), timeToRead);
  }
}

/**
 * Removes the hidden fields of the plain post; the script has its own. The slot is kept, as an answer may have been posted before the
 * script ran; but who agreed to be compared has another one, unless there is such an answer.
 */
function takePlainPost(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-activity]');
  const fields = Array.from(document.querySelectorAll<HTMLInputElement>('input[form=answer]'));
  const slot = fields.find(field => field.name === '_slot');
  fields.forEach(field => field.remove());
  if (form && slot?.value && (slot.hasAttribute('data-answered') || !comparisonCode())) {
    slotOf(form.dataset['activity']!, slot.value);
  }
}

// What the person sees of line and outbox. A hiccup of less than a second is nobody's business.
let pillTimer: ReturnType<typeof setTimeout> | undefined;

function showPill(): void {
  const state = line.connected ? (outbox.isEmpty ? 'connected' : 'sending') : outbox.isEmpty ? 'reconnecting' : 'kept';
  clearTimeout(pillTimer);
  pillTimer = setTimeout(
    () => {
      pill.hidden = line.ended;
      pill.dataset['state'] = state;
      if (pill.textContent !== text(state)) {
        pill.textContent = text(state);
      }
    },
    state === 'connected' || state === 'kept' ? 0 : pauseBeforeReconnecting,
  );
}

const stage = new StageView(document.getElementById('stage')!, { send, say });

/** The anonymous activity on stage, if this participant has not answered it, and no answer is on its way. */
function unanswered(): string | undefined {
  return stage.anonymous && !stage.answered && outbox.isEmpty ? stage.activity : undefined;
}

const line = new Line({
  async hello() {
    const reply = await line.call<HelloReply | null>('Hello', { revision: stage.revision, slots: allSlots() });
    if (!reply) {
      throw new Error('turned away');
    }

    if (reply.own) {
      stage.takeOwn(reply.own);
    }

    stage.take(reply.stage);
    void outbox.flush();
  },
  changed: showPill,
});

const outbox = new Outbox({
  send: letter => line.call<SubmitReply | null>('Submit', letter),
  connected: () => line.connected,
  judged,
  postponed: reply => say(reply.sentence),
  changed: showPill,
});

function judged(letter: Letter, reply: SubmitReply | null): void {
  if (reply?.state === 'saved') {
    stage.saved(letter.activity, letter.fields);
  }

  if (reply?.own) {
    stage.takeOwn(reply.own);
  }

  if (letter.activity === stage.activity) {
    say(reply?.sentence ?? text('failed'));
    if (reply?.state === 'refused') {
      stage.refused(letter.activity, reply.errors);
    }
  }
}

function send(fields: Values): void {
  const activity = stage.activity;
  if (!activity) {
    return;
  }

  const length = Object.entries(fields).reduce((sum, [name, values]) => sum + name.length + values.join('').length, 0);
  if (length > boot.maxCharacters) {
    say(text('tooLarge'));
    return;
  }

  say(text(line.connected ? 'sending' : 'later'));
  outbox.put({ activity, slot: stage.anonymous ? slotOf(activity) : null, fields });
}

async function fetchOwn(activity: string): Promise<void> {
  // A whole room was told at the same moment; nobody notices half a second.
  await new Promise(resolve => setTimeout(resolve, Math.random() * 500));
  const own = await line.call<Own | null>('Own', activity, allSlots()[activity] ?? null);
  if (own) {
    stage.takeOwn(own);
  }
}

// Nothing is sent before it has come: without the column that somebody writes for, say, a post would be refused. A line that is dead
// without knowing is not waited for: the outbox is for that.
let ownComes = Promise.resolve();

line.on<Stage>('Stage', message => {
  if (stage.take(message) && !message.untouched && stage.lacksOwn) {
    ownComes = within(2_000, fetchOwn(stage.activity!)).catch(() => {
      // The line broke; hello brings it.
    });
  }
});

line.on<Items>('Items', message => stage.takeItems(message));

line.on<string>('Refused', sentence => {
  line.end();
  const again = document.createElement('a');
  again.href = boot.page;
  again.textContent = text('rejoin');
  status.replaceChildren(sentence, ' ', again);
});

document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement;
  if (form !== stage.form) {
    return;
  }

  event.preventDefault();
  // Older browsers do not say which button it was: then it is the main one, as with the enter key.
  const button = (event.submitter as HTMLButtonElement | null) ?? form.querySelector<HTMLButtonElement>('button.primary[type=submit]');
  if (!stage.isLastStep && button?.classList.contains('primary')) {
    stage.forward(); // the enter key in a question that is not the last
    return;
  }

  stage.keepDraft();
  const activity = stage.activity;
  void ownComes.then(() => {
    if (stage.form && stage.activity === activity) {
      send({ ...read(stage.form), ...(button?.name ? { [button.name]: [button.value] } : {}) });
    }
  });
});

document.addEventListener('click', event => {
  const pressed = (event.target as Element).closest<HTMLElement>('[data-send], [data-edit]');
  if (!pressed || !stage.form) {
    return;
  }

  const row = pressed.closest<HTMLElement>('[data-id]');
  const id = row?.dataset['id'];
  if (pressed.dataset['send']) {
    if (pressed.hasAttribute('aria-pressed')) {
      pressed.setAttribute('aria-pressed', String(pressed.getAttribute('aria-pressed') !== 'true'));
    }

    const fields = JSON.parse(pressed.dataset['send']) as Record<string, string>;
    const target = pressed.dataset['target'];
    send({ ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])), ...(target && id ? { [target]: [id] } : {}) });
  } else if (row && id) {
    editItem(row, words => send({ do: ['edit'], post: [id], text: [words] }));
  }
});

askToCompare(document.getElementById('stage')!, unanswered, say);

// The same page in another tab may have sent what was waiting.
addEventListener('storage', showPill);
void line.run();
showPill();
