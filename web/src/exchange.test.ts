import { expect, test } from 'vitest';
import type { Copy } from './api';
import type { Vintage } from './config';
import { type ExchangePlaces, exchangesOf } from './exchange';
import { en } from './i18n/en';
import type { Reader } from './present';
import type { Unit, ValueTable } from './values';

const reader: Reader = { lang: 'en', messages: en, districts: new Map([['bzd', 'Bayanzurkh'], ['sbd', 'Sukhbaatar']]) };
const unit = (code: string): Unit => ({
  id: 1, code, district: code.split('-')[0] ?? '', number: Number(code.split('-')[1]), name_mn: code, name_en: `Khoroo ${code.split('-')[1]}`,
  population: null, population_year: null, cells: new Map(),
});
const table = (codes: string[]): ValueTable => ({
  measure: 'replications', vintage: '2022', level: 'khoroo', rate: 'count', theme: null, decimals: 0, classes: [],
  breaks: [], breaks_second: [], side_labels: [[], []], units: codes.map(unit), totals: {}, notes: [], illustrative: false,
});
const copy = (practice: string, from: string | null, to: string | null, title_en: string | null = `On ${practice}`): Copy =>
  ({ practice, title_mn: `${practice} тухай`, title_en, from: from && `2022:${from}`, to: to && `2022:${to}` });
const places: ExchangePlaces = { home: '/en', part: null, vintage: null };
const of = (code: string, copies: Copy[], codes = ['bzd-1', 'bzd-2', 'sbd-1'], where = places) =>
  exchangesOf(unit(code), table(codes), copies, where, reader);

test('both directions name khoroos in the table’s order, each once with its practices', () => {
  const [from, to] = of('bzd-1', [
    copy('p3', 'sbd-1', 'bzd-1', null), copy('p1', 'bzd-2', 'bzd-1'), copy('p2', 'bzd-2', 'bzd-1'),
    copy('p4', 'bzd-1', 'sbd-1'), copy('p5', 'bzd-1', 'bzd-1'), copy('p6', 'sbd-1', 'bzd-2'),
  ]);
  expect(from?.title).toBe('Replicated from');
  expect(from?.rows.map(({ name, khoroo, practices }) => [name, khoroo?.href, practices.map(({ title }) => title)])).toEqual([
    ['Bayanzurkh, Khoroo 2', '/en/khoroos/bzd-2', ['On p1', 'On p2']],
    ['Sukhbaatar, Khoroo 1', '/en/khoroos/sbd-1', ['p3 тухай']],
  ]);
  expect(from?.rows[1]?.practices[0]?.lang, 'a title without English').toBe('mn');
  expect(to?.rows.map(({ khoroo }) => khoroo?.code)).toEqual(['sbd-1']);
});

test('a practice from ground that nobody answers for is told as from an unknown khoroo', () => {
  const [from] = of('bzd-1', [copy('p1', null, 'bzd-1')]);
  expect(from?.rows).toEqual([{ name: 'Khoroo not known', khoroo: null, practices: [{ title: 'On p1', lang: 'en' }] }]);
});

test('of more than ten the rest are counted, and told on the khoroo’s page', () => {
  const many = Array.from({ length: 13 }, (_, nth) => `sbd-${nth + 1}`);
  const copies = many.map((code) => copy(`p-${code}`, 'bzd-1', code));
  expect(of('bzd-1', copies, many)[0]?.more).toEqual({ text: 'and 3 more khoroos', href: '/en/khoroos/bzd-1#copied-by' });
  expect(of('bzd-1', copies, many)[0]?.rows).toHaveLength(10);
  expect(of('bzd-1', copies.slice(0, 10), many)[0]?.more).toBe(null);
});

test('what comes from unknown ground is no khoroo more, and is told beside any number of them', () => {
  const many = Array.from({ length: 12 }, (_, nth) => `sbd-${nth + 1}`);
  const copies = [...many.map((code) => copy(`p-${code}`, code, 'bzd-1')), copy('p0', null, 'bzd-1')];
  const [ten] = of('bzd-1', [...copies.slice(0, 10), ...copies.slice(-1)], many);
  expect(ten?.more).toBe(null);
  expect(ten?.rows.map(({ khoroo }) => khoroo?.code ?? null)).toEqual([...many.slice(0, 10), null]);
  const [twelve] = of('bzd-1', copies, many);
  expect(twelve?.more?.text).toBe('and 2 more khoroos');
  expect(twelve?.rows.map(({ khoroo }) => khoroo?.code ?? null)).toEqual([...many.slice(0, 10), null]);
});

test('beside the district that is shown alone nothing can be chosen, and without copies nothing is said', () => {
  const copies = [copy('p1', 'bzd-2', 'bzd-1'), copy('p2', 'sbd-1', 'bzd-1')];
  expect(of('bzd-1', copies, undefined, { ...places, part: 'bzd' })[0]?.rows.map(({ khoroo }) => khoroo?.isChoosable)).toEqual([true, false]);
  expect(of('bzd-1', [])).toEqual([]);
});

test('among khoroos of the past every link names their boundaries', () => {
  const vintage: Vintage = {
    id: '2020', title_mn: '', title_en: '', valid_from: '2020-01-01', valid_to: '2021-12-31', source: '', has_lines: true, n_khoroos: 171, in_force: false,
  };
  const many = Array.from({ length: 11 }, (_, nth) => `sbd-${nth + 1}`);
  const [went] = of('bzd-1', many.map((code) => copy(`p-${code}`, 'bzd-1', code)), many, { ...places, vintage });
  expect(went?.rows[0]?.khoroo?.href).toBe('/en/khoroos/sbd-1?vintage=2020');
  expect(went?.more?.href).toBe('/en/khoroos/bzd-1?vintage=2020#copied-by');
});
