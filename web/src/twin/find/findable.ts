// What a twin's list holds of all that can be found (`src/http/findable.rs` writes it), and how well something fits.

import type { Found } from '../../api';

/** Folded words by which things are found. */
export interface Findable extends Found {
  /** Of a landmark. */
  category: string | null;
  /** Of a practice: code. */
  theme: string | null;
  /** Found where no vintage is asked for. */
  is_first: boolean;
  /** Of a khoroo. */
  number: number | null;
  /** Of a title or of a khoroo's own name, in Mongolian and English. */
  words: readonly (readonly string[])[];
  /** Those that find it too, though no title begins with them. */
  beside: readonly string[];
}

/** Each kind is in the order in which equals are shown. */
export interface FindableList {
  /** Spellings of each, by its code. */
  districts: Readonly<Record<string, readonly string[]>>;
  /** Words of the names of each, by its code. */
  themes: Readonly<Record<string, readonly string[]>>;
  categories: Readonly<Record<string, readonly string[]>>;
  items: readonly Findable[];
}

/** How well something fits, the best first. */
export const enum Grade { Exact, Prefix, Words, WordStarts, Substring, Theme }

/** Which kind comes first of what fits equally well. */
export const enum Order { District, Khoroo, Practice, KhorooOfDistrict, Landmark }

/** Sorted by its parts, one after the other. */
export type Rank = readonly [grade: Grade, order: Order, n_words: number];

/** Bytes from which a word is looked for inside of others: shorter ones are in most of them. */
const INSIDE_FROM_BYTES = 3;

export const isInside = (form: string, word: string): boolean =>
  word.includes(form) && new TextEncoder().encode(form).length >= INSIDE_FROM_BYTES;

/** The smallest, `null` where there is none. */
export function least<T extends number>(all: Iterable<T | null>): T | null {
  let best: T | null = null;
  for (const one of all) if (one !== null && (best === null || one < best)) best = one;
  return best;
}
