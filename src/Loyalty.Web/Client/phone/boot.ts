interface Boot {
  me: string;
  page: string;
  hub: string;
  maxCharacters: number;
  texts: Record<string, string>;
}

export const boot = JSON.parse(document.getElementById('boot')!.textContent!) as Boot;

/** A text of the page with its placeholders filled in; empty if there is none. */
export function text(key: string, ...args: unknown[]): string {
  return (boot.texts[key] ?? '').replace(/\{(\d)\}/g, (_, index: string) => String(args[+index] ?? ''));
}
