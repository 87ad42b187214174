/** What every view needs: words, options, the talk. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { baked, fill, type Words } from "../baked";
import type { Options } from "../options";
import type { Talk } from "../talk";

export interface Ui {
  t: (name: string, values?: Record<string, string | number>) => string;
  options: Options;
  talk: Talk;
  disguised: boolean;
  leave: () => void;
}

export const UiContext = createContext<Ui | null>(null);

export function useUi(): Ui {
  return useContext(UiContext) as Ui;
}

/** Looks a word up; while the widget looks like notes, its other name if it has one. */
export function translator(words: Words, disguised: boolean): Ui["t"] {
  return (name, values = {}) => fill((disguised && words[`disguise_${name}`]) || words[name] || name, values);
}

/** Addresses that helplines use, and so may become links in an answer. */
export const HOSTS: ReadonlySet<string> = new Set(
  ["findahelpline.com"].concat(
    baked.countries.flatMap((country) => country.lines.flatMap((line) => (line.chat ? [line.chat] : []))),
  ),
);

/** Numbers of helplines and emergency services, as they are written. */
export const NUMBERS: ReadonlySet<string> = new Set(
  baked.countries.flatMap((country) => [
    ...country.emergency,
    ...country.lines.flatMap((line) => (line.phone ? [line.phone] : [])),
  ]),
);
