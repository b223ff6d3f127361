import { expect, test } from 'vitest';
import type { Config, Vintage } from './config';
import { drawn } from './drawn';

function vintage(id: string, has_lines: boolean): Vintage {
  return { id, title_mn: id, title_en: id, valid_from: '', valid_to: null, source: '', has_lines, n_khoroos: 0 };
}

function config(linesOf2020: boolean): Config {
  const cycle = (id: string) => ({ id, title_mn: id, title_en: id, vintage: id });
  return {
    lang: 'mn',
    base: '',
    vintages: [vintage('2020', linesOf2020), vintage('2022', true)],
    cycles: [cycle('2020'), cycle('2022')],
    measures: ['identifications'],
    revision: 1,
    illustrative: false,
  };
}

test('an earlier cycle is drawn on the lines of its day', () => {
  const shown = drawn(config(true), { cycle: '2020', level: 'khoroo' });
  expect(shown).toMatchObject({ vintage: '2020', level: 'khoroo', withoutLines: false });
});

test('a vintage without lines shows its districts, and says so', () => {
  const shown = drawn(config(false), { cycle: '2020', level: 'khoroo' });
  expect(shown).toMatchObject({ vintage: '2020', level: 'district', withoutLines: true });
});

test('districts asked for are no stand-in', () => {
  expect(drawn(config(false), { cycle: '2020', level: 'district' }).withoutLines).toBe(false);
});
