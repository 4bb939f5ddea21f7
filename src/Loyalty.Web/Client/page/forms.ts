import type { Remote } from './keys';

type Values = Record<string, string[]>;

function read(form: HTMLFormElement, submitter: HTMLElement | null): Values {
  const values: Values = {};
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === 'string') {
      (values[name] ??= []).push(value);
    }
  }

  return values;
}

function fill(form: HTMLFormElement, values: Values): void {
  for (const field of form.elements) {
    const given = values[(field as HTMLInputElement).name];
    if (!given) {
      continue;
    }

    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')) {
      field.checked = given.includes(field.value);
    } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) {
      field.value = given[0] ?? '';
    } else {
      continue;
    }

    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

/** Fills a form of the phone with an answer and sends what is submitted to the component's `OnSubmit` instead of the server's address. */
export function captureForm(form: HTMLFormElement, remote: Remote, values: Values): { stop(): void } {
  fill(form, values);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void remote.invokeMethodAsync('OnSubmit', read(form, event.submitter));
  };
  form.addEventListener('submit', onSubmit);
  return { stop: () => form.removeEventListener('submit', onSubmit) };
}

export function showDialog(dialog: HTMLDialogElement): void {
  if (!dialog.open) {
    dialog.showModal();
  }
}

export function closeDialog(dialog: HTMLDialogElement): void {
  dialog.close();
}

/** The reader's time zone, such as `Europe/London`: the server may stand in another one. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
