/** So many random bytes. */
export function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** A random UUID. `crypto.randomUUID` exists on secure pages only, and a laptop may serve its room over plain HTTP. */
export function uuid(): string {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }

  const random = bytes(16);
  random[6] = (random[6]! & 0x0f) | 0x40;
  random[8] = (random[8]! & 0x3f) | 0x80;
  const hex = Array.from(random, byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** 256 random bits, URL-safe. */
export function token(): string {
  return btoa(String.fromCharCode(...bytes(32))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
