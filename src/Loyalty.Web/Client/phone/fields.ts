import type { FieldError } from './messages';
import type { Values } from './tools';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

// Names with an underscore belong to the plain post, or to what the server gives this participant: they are not for writing in.
function controls(form: HTMLFormElement): Control[] {
  return Array.from(form.elements).filter(
    (element): element is Control =>
      (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) &&
      element.name !== '' &&
      element.name[0] !== '_',
  );
}

function isChoice(control: Control): control is HTMLInputElement {
  return control.type === 'radio' || control.type === 'checkbox';
}

/** What stands in the form now. */
export function read(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const control of controls(form)) {
    if (control.disabled || (isChoice(control) && !control.checked)) {
      continue;
    }

    const all = control instanceof HTMLSelectElement ? Array.from(control.selectedOptions, option => option.value) : [control.value];
    (values[control.name] ??= []).push(...all);
  }

  return values;
}

/**
 * Makes the form show these values. Fields that are not among them stay as they were rendered, unless the values are all
 * that the form held: then a box that is not among them was not ticked.
 */
export function fill(form: HTMLFormElement, values: Values, all: boolean): void {
  const used: Record<string, number> = {};
  for (const control of controls(form)) {
    const list = values[control.name] ?? (all && isChoice(control) ? [] : undefined);
    if (!list) {
      continue;
    }

    if (isChoice(control)) {
      control.checked = list.includes(control.value);
    } else if (control instanceof HTMLSelectElement && control.multiple) {
      for (const option of Array.from(control.options)) {
        option.selected = list.includes(option.value);
      }
    } else {
      // The n-th field of a name takes the n-th value.
      const index = used[control.name] ?? 0;
      used[control.name] = index + 1;
      control.value = list[index] ?? '';
    }
  }
}

/**
 * Shows what this participant is given: `data-given="group"` holds the words of `_group`, and `data-when="role=observer"` is there
 * for those only whose `_role` it is.
 */
export function showGiven(root: ParentNode, values: Values): void {
  for (const place of Array.from(root.querySelectorAll<HTMLElement>('[data-given]'))) {
    place.textContent = (values[`_${place.dataset['given']}`] ?? []).join(', ');
  }

  for (const place of Array.from(root.querySelectorAll<HTMLElement>('[data-when]'))) {
    const [name, value] = place.dataset['when']!.split('=');
    place.hidden = !values[`_${name}`]?.includes(value!);
  }
}

/** The same for equal values, whatever their order; empty ones, and those that are given, do not count. */
export function fingerprint(values: Values): string {
  return JSON.stringify(
    Object.entries(values)
      .map(([name, list]) => [name, list.filter(value => value !== '')] as const)
      .filter(([name, list]) => list.length > 0 && name[0] !== '_')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Shows what is wrong beside the fields that it concerns. Returns the first of them. */
export function showErrors(form: HTMLFormElement, errors: FieldError[]): HTMLElement | undefined {
  let first: HTMLElement | undefined;
  errors.forEach(({ field, sentence }, index) => {
    const place = form.querySelector<HTMLElement>(`[data-error="${CSS.escape(field)}"]`);
    if (place) {
      place.id ||= `error-${index}`;
      place.textContent = sentence;
      place.hidden = false;
      open(place);
    }

    for (const control of controls(form).filter(control => control.name === field)) {
      control.setAttribute('aria-invalid', 'true');
      if (place) {
        control.setAttribute('aria-describedby', place.id);
      }

      first ??= control;
    }

    first ??= place ?? undefined;
  });
  return first;
}

// What is folded away would be neither seen nor reached.
function open(place: HTMLElement): void {
  for (let fold = place.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
  }
}

/** Takes away the error of a field that is being put right; of all fields if none is named. */
export function clearErrors(form: HTMLFormElement, field?: string): void {
  const named = (value: string | null | undefined) => field === undefined || value === field;
  for (const place of Array.from(form.querySelectorAll<HTMLElement>('[data-error]'))) {
    if (named(place.dataset['error'])) {
      place.hidden = true;
    }
  }

  for (const control of controls(form).filter(control => named(control.name))) {
    control.removeAttribute('aria-invalid');
  }
}
