/** Fields as they are sent: names to values, like a form. */
export type Values = Record<string, string[]>;

/** What an exercise type's own script may use. */
export interface PhoneTools {
  /** Tell it whenever the script itself changed a field, so that the draft is kept. */
  changed(): void;
  /** Sends fields beside those of the form, such as a vote. */
  send(fields: Record<string, string | string[]>): void;
  /** A text of the page, such as `next`. */
  text(key: string): string;
}

/** Called once for every form that is shown, after the participant's own answers were filled in. */
export type Enhance = (form: HTMLFormElement, tools: PhoneTools) => void;
