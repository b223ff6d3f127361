// Whether what is shown is still the newest, as far as is known. Pure.

export interface Contact {
  /** The browser says that there is a network. */
  online: boolean;
  /** Times of the clock, in ms: now, and when the server last answered. */
  now_ms: number;
  answered_ms: number;
  /** The server answers from its newest records. */
  current: boolean;
}

/** `offline`: no network; `unreachable`: no answer for a while; `stale`: the server itself is behind. */
export type Freshness = 'fresh' | 'offline' | 'unreachable' | 'stale';

/** Two answers may be missed before anything is said. */
export const SILENCE_MS = 75_000;

export function freshnessOf({ online, now_ms, answered_ms, current }: Contact): Freshness {
  if (!online) return 'offline';
  if (now_ms - answered_ms > SILENCE_MS) return 'unreachable';
  return current ? 'fresh' : 'stale';
}
