import { expect, test } from 'vitest';
import { createSteps, type Steps } from './steps';

/** A browser's history; `settle` is the moment in which it has gone where it was told to. */
function browser() {
  const entries: { state: unknown; address: string }[] = [{ state: null, address: 'start' }];
  let [now, way] = [0, 0];
  const history = {
    get state() {
      return entries[now]?.state;
    },
    pushState(state: unknown, _: string, address?: string | URL | null) {
      now += 1;
      entries.splice(now, entries.length, { state, address: String(address) });
    },
    replaceState(state: unknown, _: string, address?: string | URL | null) {
      entries[now] = { state, address: String(address) };
    },
    go(by = 0) {
      way += by;
    },
  };
  const steps = createSteps(history);
  const settle = (): boolean => {
    now += way;
    way = 0;
    return steps.took(history.state);
  };
  const go = (by: number): boolean => {
    history.go(by);
    return settle();
  };
  return { steps, go, settle, all: () => entries.map(({ address }) => address), address: () => entries[now]?.address };
}

function visited() {
  const seen = browser();
  seen.steps.write('replaceState', 'a');
  for (const address of ['b', 'c']) seen.steps.write('pushState', address);
  return seen;
}

test('a step back that cannot be drawn is taken back, and every entry stays what it was', () => {
  const { steps, go, settle, all, address } = visited();
  expect(go(-1)).toBe(true);
  expect(steps.undo()).toBe(true);
  expect(settle(), 'the way back is no step of the visitor').toBe(false);
  expect(address()).toBe('c');
  expect(steps.again()).toBe(true);
  expect(settle()).toBe(true);
  steps.arrived();
  expect(address()).toBe('b');
  expect(all()).toEqual(['a', 'b', 'c']);
  expect(go(1)).toBe(true);
  expect(address()).toBe('c');
});

test('two steps of which neither came are taken back together', () => {
  const { steps, go, settle, address } = visited();
  go(-1);
  go(-1);
  expect(steps.undo()).toBe(true);
  settle();
  expect(address()).toBe('c');
  steps.again();
  settle();
  expect(address()).toBe('a');
});

/** A step back failed, and the visitor is where they were. */
function returned() {
  const seen = visited();
  seen.go(-1);
  seen.steps.undo();
  seen.settle();
  return seen;
}

test('a step that failed is not taken again once something else was chosen, has come, or has failed', () => {
  const later: Record<string, (steps: Steps) => void> = {
    chosen: (steps) => steps.write('pushState', 'd'),
    come: (steps) => steps.arrived(),
    failed: (steps) => steps.undo(),
  };
  for (const [name, happen] of Object.entries(later)) {
    const { steps, address } = returned();
    happen(steps);
    const before = address();
    expect(steps.again(), name).toBe(false);
    expect(address(), name).toBe(before);
  }
  expect(returned().steps.again()).toBe(true);
});

test('while a step is taken back, what it led to is not written over', () => {
  const { steps, go, settle, all } = visited();
  go(-1);
  steps.undo();
  steps.write('replaceState', 'moved');
  settle();
  expect(all()).toEqual(['a', 'b', 'c']);
  steps.write('replaceState', 'c moved');
  expect(all()).toEqual(['a', 'b', 'c moved']);
});

test('a choice that fails is no step, and neither is what was drawn', () => {
  const { steps, go } = visited();
  expect(steps.undo()).toBe(false);
  go(-1);
  steps.arrived();
  expect(steps.undo()).toBe(false);
});
