// What a page and the map in its frame say to each other: `{ v: 1, type, … }`, nothing else counts.
//
// Both sides read what comes with these functions, so a message is either whole or not there. Who sent it is
// checked where it arrives (`guest.ts`, `element.ts`).

import type { Choices, View } from '../state';

export const VERSION = 1;

/** The part of a view that the page around may know and change. */
export type Wish = Partial<Pick<View, 'measure' | 'cycle' | 'theme' | 'rate' | 'level' | 'form'>>;
export type Shown = Required<Wish> & { select: string | null };

/** From the map to the page around. */
export type Outgoing =
  | { type: 'hello' }
  | { type: 'ready'; state: Shown }
  | { type: 'state'; state: Shown }
  | { type: 'select'; code: string | null }
  | { type: 'resize'; height: number }
  | { type: 'error'; problem: string };

/** From the page around to the map. */
export type Incoming = { type: 'set'; view: Wish } | { type: 'select'; code: string | null };

const CODE = /^[a-z]{2,8}\d{0,4}(-[1-9]\d{0,5})?$/;
const FIXED = { rate: ['count', 'per10000'], level: ['khoroo', 'district'], form: ['map', 'cells'] } as const;

export function isOurs(data: unknown): data is { v: 1; type: string } & Record<string, unknown> {
  return typeof data === 'object' && data !== null && 'v' in data && data.v === VERSION && 'type' in data && typeof data.type === 'string';
}

/**
 * Tells the page around that the browser shows this frame, and nothing else: so whoever claims to be that page
 * is told too, without being known to be allowed. The element waits for it.
 */
export function sayHello(): void {
  const claimed = new URLSearchParams(window.location.search).get('origin');
  if (claimed === null || window.parent === window) return;
  const hello: Outgoing = { type: 'hello' };
  try {
    window.parent.postMessage({ v: VERSION, ...hello }, claimed);
  } catch {
    // No origin; nobody waits.
  }
}

/** What the page around asks for; `null` where any of it is not what it may be. */
export function readIncoming(data: unknown, choices: Choices): Incoming | null {
  if (!isOurs(data)) return null;
  if (data.type === 'select') return isCode(data.code) ? { type: 'select', code: data.code } : null;
  if (data.type !== 'set') return null;
  const { v: _, type, ...wishes } = data;
  const allowed: Record<string, readonly unknown[]> = {
    ...FIXED,
    form: [...FIXED.form, null],
    measure: choices.measures,
    cycle: choices.cycles,
    theme: [...choices.themes, null],
  };
  const entries = Object.entries(wishes);
  const isAllowed = ([name, value]: [string, unknown]): boolean =>
    Object.hasOwn(allowed, name) && (allowed[name] ?? []).includes(value);
  return entries.length > 0 && entries.every(isAllowed) ? { type, view: Object.fromEntries(entries) as Wish } : null;
}

export function shownOf({ measure, cycle, theme, rate, level, form, selected }: View): Shown {
  return { measure, cycle, theme, rate, level, form, select: selected };
}

function isCode(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && CODE.test(value));
}
