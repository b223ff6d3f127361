import { expect, test } from 'vitest';
import { type Choices, misread, nextOrder, pathInLanguage, readCamera, readView, type View, writeView } from './state';

const choices: Choices = {
  measures: ['identifications', 'replications', 'bivariate'],
  cycles: ['2020', '2022'],
  defaultCycle: '2022',
  newestCycleOf: new Map([['2020', '2020'], ['2022', '2022']]),
  vintages: ['2020', '2022'],
  current: '2022',
  themes: ['waste', 'green'],
};

const plain: View = {
  measure: 'identifications',
  cycle: '2022',
  vintage: null,
  rate: 'count',
  theme: null,
  level: 'khoroo',
  form: null,
  layers: [],
  selected: null,
  table: false,
  order: { column: 'district', descending: false },
  filter: '',
  within: null,
  camera: null,
  mark: null,
};

test('the plain address is the plain view, both ways', () => {
  expect(readView('', '', choices)).toEqual(plain);
  expect(writeView(plain, '', choices)).toEqual({ search: '', hash: '' });
});

test('every choice survives the way through the address', () => {
  const view: View = {
    measure: 'replications',
    cycle: '2020',
    vintage: null,
    rate: 'per10000',
    theme: 'waste',
    level: 'district',
    form: 'cells',
    layers: ['practices', 'replications'],
    selected: 'bzd',
    table: true,
    order: { column: 'value', descending: true },
    filter: 'Үүр, 26',
    within: 'bzd',
    camera: { zoom: 11.5, lat: 47.918, lon: 106.917 },
    mark: { lon: 106.91754, lat: 47.91883, name: 'Нарантуул зах' },
  };
  const { search, hash } = writeView(view, '', choices);
  expect(readView(search, hash, choices)).toEqual(view);
  expect(hash).toBe('#map=11.50/47.9180/106.9170');
});

test('boundaries without a cycle have an address of their own, and any cycle leads away from them', () => {
  const ahead = { ...choices, vintages: ['2020', '2022', '2027'] };
  const view = readView('?vintage=2027', '', ahead);
  expect(view).toEqual({ ...plain, cycle: 'all', vintage: '2027' });
  expect(writeView(view, '', ahead).search).toBe('?vintage=2027');
  expect(readView('?vintage=2027&cycle=2020', '', ahead)).toEqual({ ...plain, cycle: '2020' });
  expect(readView('', '', ahead)).toEqual(plain);
});

test('current boundaries are those in force', () => {
  const ahead = { ...choices, vintages: ['2020', '2022', '2027'], current: '2020' };
  expect(readView('?vintage=current', '', ahead)).toEqual(readView('?vintage=2020', '', ahead));
  const names = (search: string, of: Choices) => misread(search, of).map(({ name, given }) => `${name}=${given}`);
  expect(names('?vintage=current', ahead)).toEqual([]);
  expect(names('?vintage=current', { ...ahead, current: null })).toEqual(['vintage=current']);
});

test('what the site does not offer is told, with what was given', () => {
  const names = (search: string) => misread(search, choices).map(({ name, given }) => `${name}=${given}`);
  expect(names('')).toEqual([]);
  expect(names('?measure=bivariate&cycle=2020&vintage=2022&theme=all&rate=count&level=district&form=map&layers=practices,replications&select=BZD&in=bzd&view=table&order=-value&at=106.9,47.9&utm_source=x&filter=%3F')).toEqual([]);
  expect(names('?cycle=&measure=+')).toEqual([]);
  expect(names('?measure=wealth&cycle=1999&vintage=1921&theme=gold&rate=per2&level=street&form=globe&layers=practices,roads&select=%3Cb%3E&in=1&view=globe&order=-random&at=here'))
    .toEqual(['measure=wealth', 'cycle=1999', 'vintage=1921', 'theme=gold', 'rate=per2', 'level=street', 'form=globe', 'layers=practices,roads', 'select=<b>', 'in=1', 'view=globe', 'order=-random', 'at=here']);
  expect(names('?select=bzd&level=district')).toEqual([]);
  expect(names('?select=bzd')).toEqual(['select=bzd']);
  // As the server's pages have it (`embed::unknown`).
  expect(names('?vintage=current&theme=all')).toEqual([]);
  expect(names('?cycle=all')).toEqual(['cycle=all']);
  expect(misread(`?cycle=${'9'.repeat(100)}`, choices)[0]?.given.length).toBe(40);
});

test('a code in capital letters is the same place', () => {
  expect(readView('?select=BZD-26&in=BZD', '', choices)).toEqual({ ...plain, selected: 'bzd-26', within: 'bzd' });
});

test('what the site does not offer becomes the default', () => {
  const search = '?measure=wealth&cycle=1999&rate=per2&theme=gold&level=street&form=globe&layers=roads&select=%3Cb%3E&order=-random&in=1&at=here';
  expect(readView(search, '#map=99/200/0', choices)).toEqual(plain);
});

test('a chosen khoroo is forgotten when the districts are shown', () => {
  expect(readView('?select=bzd-26', '', choices).selected).toBe('bzd-26');
  expect(readView('?select=bzd-26&level=district', '', choices).selected).toBeNull();
  expect(readView('?select=bzd', '', choices).selected).toBeNull();
});

test('parameters of other programs stay in the address', () => {
  const { search } = writeView({ ...plain, cycle: '2020' }, '?utm_source=city&cycle=2022', choices);
  expect(search).toBe('?utm_source=city&cycle=2020');
});

test('a hash that is no camera is none', () => {
  for (const hash of ['', '#', '#map=', '#map=11/47.9', '#map=a/b/c', '#map=1..2/3/4', '#legend']) {
    expect(readCamera(hash)).toBeNull();
  }
});

test('the language switch keeps the page and the sub-path', () => {
  expect(pathInLanguage('/mn/', '', 'en')).toBe('/en/');
  expect(pathInLanguage('/', '', 'en')).toBe('/en/');
  expect(pathInLanguage('/hlp/mn/khoroos/bzd-26', '/hlp', 'en')).toBe('/hlp/en/khoroos/bzd-26');
  expect(pathInLanguage('/hlp/en', '/hlp', 'mn')).toBe('/hlp/mn/');
});

test('a column starts with its first name or its highest figure, and turns round at the next press', () => {
  const byName = { column: 'district', descending: false } as const;
  expect(nextOrder(byName, 'value')).toEqual({ column: 'value', descending: true });
  expect(nextOrder({ column: 'value', descending: true }, 'value')).toEqual({ column: 'value', descending: false });
  expect(nextOrder({ column: 'value', descending: true }, 'number')).toEqual({ column: 'number', descending: false });
});

test('a filter is cut to a length that no name exceeds, by characters', () => {
  expect(readView(`?filter=${'ү'.repeat(100)}`, '', choices).filter).toBe('ү'.repeat(60));
});

test('a vintage in the address stands for its last cycle; a cycle that is named decides', () => {
  const cycle = (search: string): string => readView(search, '', choices).cycle;
  expect(cycle('?vintage=2020')).toBe('2020');
  expect(cycle('?vintage=2020&cycle=2022')).toBe('2022');
  expect(cycle('?vintage=1990')).toBe('2022');
  // Written by its cycle, which says the same in fewer words.
  expect(writeView(readView('?vintage=2020', '', choices), '?vintage=2020', choices).search).toBe('?cycle=2020');
});
