/** What this tab remembers until it is closed; nothing where the browser forbids it. */
const memory = new Map<string, string>();
const PREFIX = "tl-";

export function remember(name: string, value: string | null): void {
  if (value === null) memory.delete(name);
  else memory.set(name, value);
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // a frame without storage: this page's memory has to do
  }
}

export function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

/** Forget everything, at once. */
export function forgetAll(): void {
  for (const name of ["token", "disguise"]) remember(name, null);
}
