import { clearErrors, fill, read, showErrors } from '../phone/fields';
import type { FieldError } from '../phone/messages';
import type { Values } from '../phone/tools';
import type { Remote } from './keys';

interface Capture {
  showErrors(errors: FieldError[]): void;
  stop(): void;
}

/**
 * Fills a form of the phone with an answer and sends what is submitted to the component's `OnSubmit` instead of the form's address.
 * Errors are shown beside their fields, as on the phone.
 */
export function captureForm(form: HTMLFormElement, remote: Remote, values: Values): Capture {
  fill(form, values, false);
  const onInput = (event: Event): void => clearErrors(form, (event.target as HTMLInputElement).name);
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    clearErrors(form);
    const sent = read(form);
    const pressed = event.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.name) {
      sent[pressed.name] = [pressed.value];
    }

    void remote.invokeMethodAsync('OnSubmit', sent);
  };
  form.addEventListener('input', onInput);
  form.addEventListener('submit', onSubmit);
  return {
    showErrors: errors => showErrors(form, errors)?.focus(),
    stop: () => {
      form.removeEventListener('input', onInput);
      form.removeEventListener('submit', onSubmit);
    },
  };
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
