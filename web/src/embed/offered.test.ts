import { expect, test } from 'vitest';
import type { Found } from '../api';
import type { Config, EmbedConfig } from '../config';
import { choicesOf } from '../config';
import { readView } from '../state';
import { lostArea, offered, scopeOf } from './offered';

const vintage = (id: string) => ({
  id, title_mn: id, title_en: id, valid_from: `${id}-01-01`, valid_to: null, source: '', has_lines: true, n_khoroos: 1, in_force: id === '2022',
});
const cycle = (id: string) => ({ id, title_mn: id, title_en: id, vintage: id });
const area = (code: string) => ({ area: { code, name: '', box: null, core: null } });

function configOf(embed?: Partial<EmbedConfig>): Config {
  return {
    lang: 'en', base: '', vintages: [vintage('2020'), vintage('2022')], current: '2022', cycles: [cycle('2020'), cycle('2022')],
    measures: ['identifications'], themes: [], revision: 1, illustrative: true, core: null,
    ...(embed ? { embed: { area: null, locked: [], origin: null, ...embed } } : {}),
  };
}

function scope(embed: Partial<EmbedConfig> | undefined, search = '') {
  const config = configOf(embed);
  return scopeOf(config, readView(search, '', choicesOf(config)));
}

const found = (kind: Found['kind'], title: string, of: Partial<Found> = {}): Found => ({
  kind, id: title, code: title, vintage: '2022', title, title_lang: 'en', point: null, district: title.split('-')[0] ?? null,
  khoroo: null, address: null, ...of,
});
const landmark = (title: string, khoroo: string | null): Found =>
  found('landmark', title, { code: null, khoroo, district: khoroo?.split(/[:-]/)[1] ?? null });
const all = [
  found('district', 'bzd'), found('khoroo', 'bzd-2'), found('khoroo', 'bgd-2'), landmark('market', '2022:bzd-2'),
  landmark('school', '2022:bzd-22'), landmark('museum', '2022:bgd-2'), landmark('pass', null),
];
const titles = (embed: Partial<EmbedConfig> | undefined, of = all) => offered({ items: of, total: of.length }, configOf(embed)).items.map(({ title }) => title);

test('on the city’s own page everything is looked for and offered, in a frame of the city too', () => {
  expect(scope(undefined)).toEqual({});
  expect(scope({})).toEqual({ kinds: ['district', 'khoroo', 'practice', 'landmark'] });
  for (const embed of [undefined, {}]) expect(titles(embed)).toEqual(all.map(({ title }) => title));
});

test('a frame of a district looks in it alone, so that its few results are of use', () => {
  expect(scope(area('bzd'))).toEqual({ kinds: ['district', 'khoroo', 'landmark'], district: 'bzd' });
  expect(titles(area('bzd'))).toEqual(['bzd', 'bzd-2', 'market', 'school']);
});

test('a frame of a khoroo picks its own from what is found in its district', () => {
  expect(scope(area('bzd-2'))).toEqual({ kinds: ['khoroo', 'landmark'], district: 'bzd', limit: 100 });
  expect(titles(area('bzd-2'))).toEqual(['bzd-2', 'market']);
  const many = Array.from({ length: 30 }, (_, idx) => landmark(`shop ${idx}`, '2022:bzd-2'));
  expect(titles(area('bzd-2'), many)).toHaveLength(10);
  expect(offered({ items: many, total: 80 }, configOf(area('bzd-2'))).total).toBe(30);
  expect(offered({ items: many.slice(0, 10), total: 80 }, configOf(area('bzd'))).total).toBe(80);
});

test('a level or a cycle that the code has named is kept, and places are found at each level', () => {
  expect(scope({ locked: ['level'] }, '?level=district').kinds).toEqual(['district', 'practice', 'landmark']);
  expect(scope({ locked: ['level'], ...area('bzd-2') }, '?level=district').kinds).toEqual(['landmark']);
  expect(scope({ locked: ['level'], ...area('bzd-2') }).kinds).toEqual(['khoroo', 'landmark']);
  expect(scope({ locked: ['cycle'] }, '?cycle=2020')).toEqual({ kinds: ['district', 'khoroo', 'practice', 'landmark'], vintage: '2020' });
});

test('a part of the city that there is not is told of, and only in a frame', () => {
  expect(lostArea(configOf({}), '?area=xyz&lang=en')).toBe('xyz');
  expect(lostArea(configOf({}), `?area=${'x'.repeat(300)}`)).toHaveLength(40);
  for (const search of ['', '?area=', '?area=city']) expect(lostArea(configOf({}), search)).toBe(null);
  expect(lostArea(configOf(area('bzd')), '?area=bzd')).toBe(null);
  expect(lostArea(configOf(), '?area=xyz')).toBe(null);
});
