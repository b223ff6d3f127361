// A text that was typed, in words, with every way in which each may be meant: as `src/snapshot/search/typed.rs`.

import { spellings } from '../../i18n/fold';

export interface Word {
  /** Lower case, as typed. */
  text: string;
  /** Folded spellings, any of which may be meant; digits as they are. */
  folded: readonly string[];
  /** Of digits, the number that they are; a longer one than any khoroo's is none. */
  number: number | null;
  isNumber: boolean;
  /** More letters of it may follow: the last one, without a blank after it. */
  isOpen: boolean;
}

export interface Typed {
  /** Lower case, without blanks around it. */
  text: string;
  words: readonly Word[];
}

const NUMBER_MAX = 2 ** 32 - 1;

/** `null` where nothing can be looked for. */
export function readTyped(text: string): Typed | null {
  const lower = text.replace(/^\p{White_Space}+/u, '').toLowerCase();
  const parts = lower.match(/[0-9]+|[\p{Alphabetic}'’\u0300-\u036f]+/gu) ?? [];
  const endsOpen = /[\p{Alphabetic}0-9'’\u0300-\u036f]$/u.test(lower);
  const words = parts.map((part, idx) => wordOf(part, endsOpen && idx === parts.length - 1)).filter(({ folded }) => folded.length > 0);
  return words.length === 0 ? null : { text: lower.replace(/\p{White_Space}+$/u, ''), words };
}

function wordOf(text: string, isOpen: boolean): Word {
  const isNumber = /^[0-9]/.test(text);
  const number = isNumber && Number(text) <= NUMBER_MAX ? Number(text) : null;
  return { text, folded: isNumber ? [text] : spellings(text, isOpen), number, isNumber, isOpen };
}
