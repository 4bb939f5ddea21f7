interface Tools {
  send(fields: Record<string, string[]>): void;
}

const pause = 1500;
const afterTap = 400;
const opened = new Map<string, boolean>();

// One plan is on the phone at a time; the form may be built anew under the writer's hands.
let form: HTMLFormElement;
let tools: Tools;
let timer = 0;

const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | null)?.value.trim() ?? '';
const words = (text: string) => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}'’]+/gu, ' ').trim()} `;

// What comes back from the server is tidied: a space before the next word, or half a year, must not be taken from under the fingers.
function midWord(): boolean {
  const field = document.activeElement as HTMLInputElement;
  return form.contains(field) && (/\s$/.test(field.value ?? '') || (field.type === 'date' && field.value !== '' && field.value < '2000'));
}

function flush(force = false): void {
  if (!timer || (!force && midWord())) return;
  clearTimeout(timer);
  timer = 0;
  if (!form.isConnected) return;
  const fields: Record<string, string[]> = {};
  new FormData(form).forEach((entry, name) => {
    if (name[0] !== '_') (fields[name] ??= []).push(String(entry));
  });
  // Going on writing does not undo "I am done", unless nothing is left.
  const said = Object.keys(fields).some(name => name.endsWith('.what') && value(name));
  fields['do'] = [said ? value('state') : 'draft'];
  tools.send(fields);
}

// A phone that is put away may not come back: what was typed leaves now.
document.addEventListener('visibilitychange', () => document.hidden && flush(true));

/** Keeps the plan on every pause, offers one more commitment at a time, and gives the advice of PlanAdvice.cs by the same rules. */
export function enhance(shown: HTMLFormElement, given: Tools): void {
  form = shown;
  tools = given;
  const plan = form.querySelector<HTMLElement>('.plan');
  if (!plan) return;

  plan.querySelectorAll('details').forEach((details, i) => {
    const key = `${form.dataset['activity']}/${i}`;
    details.open = opened.get(key) ?? details.open;
    details.addEventListener('toggle', () => opened.set(key, details.open));
  });

  const list = (key: string) => (plan.dataset[key] ?? '').split(';').map(words);
  const others = list('others');
  const vague = list('vague');
  const look = () => {
    let before = true;
    plan.querySelectorAll<HTMLDetailsElement>('[data-another]').forEach((another, i) => {
      const begun = value(`c${i + 2}.what`) !== '';
      another.hidden = !before && !begun && !another.open;
      before = begun || another.open;
    });
    plan.querySelectorAll<HTMLElement>('[data-advice-for]').forEach(advice => {
      const c = advice.dataset['adviceFor'] ?? '';
      const said = words(value(`${c}what`));
      const due: Record<string, boolean> = {
        specific: said.split(' ').length - 2 < 4 || (!value(`${c}situation`) && vague.some(v => said.includes(v))),
        others: others.some(o => said.startsWith(o)),
        date: !value(`${c}by`),
        'first-step': !value(`${c}step`),
      };
      advice.querySelectorAll<HTMLElement>('[data-advice]').forEach(line => {
        line.hidden = said === '  ' || !due[line.dataset['advice'] ?? ''];
      });
    });
  };
  look();
  plan.addEventListener('toggle', look, true);
  form.addEventListener('change', look);
  form.addEventListener('input', event => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = window.setTimeout(flush, pause);
  });
  // Leaving a field is the first half of a tap on something else. What the server replies may build the form anew, and must not
  // come between the two halves: the tap would be lost.
  form.addEventListener('focusout', () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = window.setTimeout(flush, afterTap);
  });
  form.addEventListener('submit', event => {
    clearTimeout(timer);
    timer = 0;
    const pressed = (event.submitter as HTMLButtonElement | null)?.value;
    if (pressed) (form.elements.namedItem('state') as HTMLInputElement).value = pressed;
  });
}
