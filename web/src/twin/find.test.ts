import { expect, test } from 'vitest';
import { find, type Findable } from './find';

const one = (of: Partial<Findable>): Findable => ({
  kind: 'khoroo', id: '', code: null, vintage: '2022', title: '', title_lang: 'mn', point: null, district: null, khoroo: null, address: null,
  number: null, names: [], ...of,
});
const khoroo = (code: string, number: number): Findable =>
  one({ id: `2022:${code}`, code, number, district: 'bzd', names: ['bzd', 'Баянзүрх', 'Bayanzurkh', 'БЗД'] });
const all = [
  one({ kind: 'district', id: 'bzd', code: 'bzd', district: 'bzd', names: ['bzd', 'Баянзүрх', 'Bayanzurkh', 'БЗД'] }),
  khoroo('bzd-20', 20), khoroo('bzd-2', 2),
  one({ kind: 'practice', id: 'p-1', names: ['Ногоон цэцэрлэг', 'Green garden'] }),
];
const ids = (words: string, scope = {}) => find(all, words, scope).items.map(({ id }) => id);

test('a district in any spelling and a number find a khoroo, the number itself first', () => {
  for (const words of ['bzd 2', 'БЗД-2', 'Баянзүрх 2-р хороо', 'bayanzurh 2']) expect(ids(words)).toEqual(['2022:bzd-2', '2022:bzd-20']);
});

test('words find what has them, in the kinds that are looked for', () => {
  expect(ids('garden')).toEqual(['p-1']);
  expect(ids('баянзүрх')).toEqual(['bzd', '2022:bzd-20', '2022:bzd-2']);
  expect(ids('баянзүрх', { kinds: ['district'] })).toEqual(['bzd']);
  expect(find(all, 'bzd', { limit: 1 })).toMatchObject({ total: 3, items: [{ id: 'bzd' }] });
  expect(ids('zzz')).toEqual([]);
});
