import { expect, test } from 'vitest';
import type { Config, Vintage } from './config';
import { countsReplications, drawn, formOf, keyOf } from './drawn';

function vintage(id: string, has_lines: boolean): Vintage {
  return { id, title_mn: id, title_en: id, valid_from: '', valid_to: null, source: '', has_lines, n_khoroos: 0, in_force: id === '2022' };
}

function config(linesOf2020: boolean): Config {
  const cycle = (id: string) => ({ id, title_mn: id, title_en: id, vintage: id, replications_reported: id !== '2020' });
  return {
    lang: 'mn',
    base: '',
    vintages: [vintage('2020', linesOf2020), vintage('2022', true)],
    current: '2022',
    cycles: [cycle('2020'), cycle('2022')],
    measures: ['identifications'],
    themes: [],
    revision: 1,
    illustrative: false, core: null,
  };
}

const plain = { measure: 'identifications', rate: 'count', theme: null, vintage: null } as const;

test('an earlier cycle is drawn on the lines of its day', () => {
  const shown = drawn(config(true), { ...plain, cycle: '2020', level: 'khoroo' });
  expect(shown).toMatchObject({ vintage: '2020', level: 'khoroo', withoutLines: false });
});

test('boundaries on which nothing was counted are drawn where they are named', () => {
  const ahead: Config = { ...config(true), vintages: [...config(true).vintages, vintage('2027', true)] };
  expect(drawn(ahead, { ...plain, cycle: 'all', vintage: '2027', level: 'khoroo' }).vintage).toBe('2027');
  expect(drawn(ahead, { ...plain, cycle: '2022', level: 'khoroo' }).vintage).toBe('2022');
});

test('a vintage without lines shows its districts, and says so', () => {
  const shown = drawn(config(false), { ...plain, cycle: '2020', level: 'khoroo' });
  expect(shown).toMatchObject({ vintage: '2020', level: 'district', withoutLines: true });
});

test('districts asked for are no stand-in', () => {
  expect(drawn(config(false), { ...plain, cycle: '2020', level: 'district' }).withoutLines).toBe(false);
});

test('where replications were not counted, what was identified stands for both, and says so', () => {
  const both = { ...plain, measure: 'bivariate', level: 'khoroo' } as const;
  expect(drawn(config(true), { ...both, cycle: '2020' })).toMatchObject({ measure: 'identifications', isHalf: true });
  expect(drawn(config(true), { ...both, cycle: '2022' })).toMatchObject({ measure: 'bivariate', isHalf: false });
  expect(drawn(config(true), { ...both, measure: 'replications', cycle: '2020' })).toMatchObject({ measure: 'replications', isHalf: false });
});

test('a share is not divided by residents once more', () => {
  const view = { cycle: '2022', level: 'khoroo', rate: 'per10000', theme: null, vintage: null } as const;
  expect(drawn(config(true), { ...view, measure: 'participation' }).rate).toBe('count');
  expect(drawn(config(true), { ...view, measure: 'identifications' }).rate).toBe('per10000');
});

test('narrow windows are first shown equal cells, until somebody chooses', () => {
  expect(formOf({ form: null }, 479)).toBe('cells');
  expect(formOf({ form: null }, 480)).toBe('map');
  expect(formOf({ form: 'map' }, 320)).toBe('map');
  expect(formOf({ form: 'cells' }, 1440)).toBe('cells');
});

test('two tables of figures never share a key', () => {
  const query = { measure: 'identifications', vintage: '2022', level: 'khoroo', rate: 'count', theme: null } as const;
  const others = [{ rate: 'per10000' }, { theme: 'waste' }, { level: 'district' }, { vintage: '2020' }] as const;
  expect(new Set([query, ...others.map((other) => ({ ...query, ...other }))].map(keyOf)).size).toBe(5);
});

test('a cycle without replications is told from one that nobody counted', () => {
  expect(countsReplications(config(true), '2020')).toBe(false);
  expect(countsReplications(config(true), '2022')).toBe(true);
  expect(countsReplications(config(true), 'unknown')).toBe(true);
});
