/** What the build baked in: the words, and helplines that need no connection. */
import data from "./baked.json";

export interface Line {
  name: string;
  phone?: string;
  text?: string;
  chat?: string;
  hours?: string;
  who?: string;
  url?: string;
  free?: boolean;
  unbilled?: boolean;
  checked?: string;
}

export interface Country {
  code: string;
  name: string;
  emergency: string[];
  lines: Line[];
}

export type Words = Record<string, string>;

interface Baked {
  static: string;
  countries: Country[];
  languages: Record<string, { direction: string; words: Words }>;
}

export const baked = data as unknown as Baked;

/** The words of a language tag ("de-AT" → "de"), or English. */
export function language(tag: string): { code: string; direction: string; words: Words } {
  const code = tag.toLowerCase().split("-")[0] ?? "en";
  const found = baked.languages[code];
  const fallback = baked.languages.en as { direction: string; words: Words };
  return found ? { code, ...found } : { code: "en", ...fallback };
}

/** Puts values in place of `{name}`; the values are never read for names themselves. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
