import { expect, test } from 'vitest';
import { freshnessOf, SILENCE_MS } from './freshness';

const now = { online: true, now_ms: 1_000_000, answered_ms: 1_000_000, current: true };

test('two answers may be missed before anything is said', () => {
  expect(freshnessOf(now)).toBe('fresh');
  expect(freshnessOf({ ...now, answered_ms: now.now_ms - SILENCE_MS })).toBe('fresh');
  expect(freshnessOf({ ...now, answered_ms: now.now_ms - SILENCE_MS - 1 })).toBe('unreachable');
});

test('no network is known at once, and a server behind its records says so itself', () => {
  expect(freshnessOf({ ...now, online: false })).toBe('offline');
  expect(freshnessOf({ ...now, current: false })).toBe('stale');
});
