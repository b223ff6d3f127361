import { expect, test } from 'vitest';
import type { SearchScope } from '../../api';
import { find } from './find';
import type { Findable, FindableList } from './findable';

const one = (of: Partial<Findable>): Findable => ({
  kind: 'khoroo', id: '', code: null, vintage: '2022', title: '', title_lang: 'mn', point: null, district: null, khoroo: null, address: null,
  category: null, theme: null, is_first: true, number: null, words: [[], []], beside: [], ...of,
});
const khoroo = (code: string, number: number): Findable => one({ id: `2022:${code}`, code, number, district: 'bzd' });
const list: FindableList = {
  districts: { bzd: ['bzd', 'baianzurh'] },
  themes: { waste: ['hog', 'haiagdal', 'waste'] },
  categories: { school: ['schol'] },
  items: [
    one({ kind: 'district', id: 'bzd', code: 'bzd', district: 'bzd' }),
    khoroo('bzd-2', 2), khoroo('bzd-20', 20),
    { ...khoroo('bzd-3', 3), id: '2020:bzd-3', vintage: '2020', is_first: false },
    one({ kind: 'practice', id: 'p-2022-1', theme: 'waste', words: [['nogon', 'cecerleg'], ['green', 'garden']] }),
    one({ kind: 'practice', id: 'p-2022-2', theme: 'safety', words: [['garden'], ['garden']] }),
    one({ kind: 'landmark', id: '1', category: 'school', words: [['surguli'], []], beside: ['garden'] }),
  ],
};
const ids = (words: string, scope: SearchScope = {}) => find(list, words, scope).items.map(({ id }) => id);

test('a district in any spelling and a number find a khoroo, the number itself first', () => {
  for (const words of ['bzd 2', 'БЗД-2', 'Баянзүрх 2-р хороо', 'bayanzurh 2']) expect(ids(words)[0]).toBe('2022:bzd-2');
  expect(ids('bzd 2')).toEqual(['2022:bzd-2', '2022:bzd-20']);
});

test('words find titles that have them, then what they are about', () => {
  expect(ids('garden')).toEqual(['p-2022-2', 'p-2022-1', '1']);
  expect(ids('waste')).toEqual(['p-2022-1']);
  expect(ids('хог')).toEqual(['p-2022-1']);
  expect(ids('school')).toEqual(['1']);
  expect(ids('p-2022-2')).toEqual(['p-2022-2']);
});

test('what is looked for is narrowed by kind, vintage and number of results', () => {
  expect(ids('баянзүрх')).toEqual(['bzd', '2022:bzd-2', '2022:bzd-20']);
  expect(ids('баянзүрх', { kinds: ['district'] })).toEqual(['bzd']);
  expect(ids('bzd', { vintage: '2020' })).toEqual(['2020:bzd-3']);
  expect(find(list, 'bzd', { limit: 1 })).toMatchObject({ total: 3, items: [{ id: 'bzd' }] });
});

test('signs and nonsense find nothing', () => {
  for (const words of ['zzzz', 'qqqq', '%', '"', '[', '🙂', '', 'ь']) expect(find(list, words, {})).toEqual({ items: [], total: 0 });
});
