import { boot } from './boot';

// By participant: two people who share a phone, or one in two workshops, share nothing.
const prefix = `loyalty.${boot.me}.`;

// Storage can be blocked or full. Then the page remembers for as long as it is open, which is the best there is.
const memory = new Map<string, string>();

export function load<T>(name: string): T | undefined {
  let json = memory.get(name);
  try {
    json ??= localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    // Blocked: memory has it or nobody has.
  }

  return json === undefined ? undefined : (JSON.parse(json) as T);
}

export function save(name: string, value: unknown): void {
  const json = JSON.stringify(value);
  try {
    localStorage.setItem(prefix + name, json);
    memory.delete(name);
  } catch {
    memory.set(name, json);
  }
}

export function forget(name: string): void {
  memory.delete(name);
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Blocked: there was nothing.
  }
}
