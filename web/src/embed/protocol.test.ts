import { describe, expect, test } from 'vitest';
import { isOurs, readIncoming } from './protocol';

const choices = { measures: ['identifications', 'replications'], cycles: ['2020', '2022'], defaultCycle: '2022', newestCycleOf: new Map(), current: null, vintages: [], themes: ['waste'] };
const read = (data: unknown) => readIncoming(data, choices);

describe('a message to the map', () => {
  test('is taken whole', () => {
    expect(read({ v: 1, type: 'set', measure: 'replications', cycle: '2020', theme: 'waste', form: 'cells' })).toEqual({
      type: 'set', view: { measure: 'replications', cycle: '2020', theme: 'waste', form: 'cells' },
    });
    expect(read({ v: 1, type: 'set', theme: null })).toEqual({ type: 'set', view: { theme: null } });
    expect(read({ v: 1, type: 'select', code: 'bzd-26' })).toEqual({ type: 'select', code: 'bzd-26' });
    expect(read({ v: 1, type: 'select', code: null })).toEqual({ type: 'select', code: null });
  });

  test('is nothing where one value of it is not allowed', () => {
    for (const wrong of [
      { measure: 'replications', cycle: '1999' },
      { measure: '__proto__' },
      { constructor: 'x' },
      { measure: null },
      { rate: 'per100' },
      { unknown: 1 },
      {},
    ]) {
      expect(read({ v: 1, type: 'set', ...wrong })).toBeNull();
    }
    for (const code of ['<b>', 'bzd-0', '', 7, undefined]) expect(read({ v: 1, type: 'select', code })).toBeNull();
  });

  test('is nothing in another version, of another kind, or in another shape', () => {
    for (const data of [
      { v: 2, type: 'set', cycle: '2020' }, { v: '1', type: 'set', cycle: '2020' }, { type: 'set', cycle: '2020' },
      { v: 1, type: 'reset' }, { v: 1 }, null, undefined, 'set', 1, [],
    ]) {
      expect(read(data)).toBeNull();
    }
    expect(isOurs({ v: 1, type: 3 })).toBe(false);
  });
});
