import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlayer } from './player';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function playing(shown: string) {
  const steps: string[] = [];
  const player = createPlayer({ ids: ['a', 'b', 'c'], stand_ms: 100, onStep: (id) => steps.push(id), onChange: () => {} });
  player.start(shown);
  return { player, steps };
}

test('a cycle stands until it is drawn, and then its time', () => {
  const { player, steps } = playing('a');
  vi.advanceTimersByTime(100);
  expect(steps).toEqual(['b']);
  vi.advanceTimersByTime(10_000);
  expect(steps).toEqual(['b']);
  player.drawn('b');
  vi.advanceTimersByTime(99);
  expect(steps).toEqual(['b']);
  vi.advanceTimersByTime(1);
  expect(steps).toEqual(['b', 'c']);
});

test('from the last it starts again with the first, and ends with the last', () => {
  const { player, steps } = playing('c');
  expect(steps).toEqual(['a']);
  player.drawn('c');
  expect(player.playing).toBe(false);
});

test('nothing moves after a stop', () => {
  const { player, steps } = playing('a');
  player.stop();
  vi.advanceTimersByTime(1000);
  player.drawn('a');
  vi.advanceTimersByTime(1000);
  expect(steps).toEqual([]);
});
