import { expect, test } from 'vitest';
import type { Found } from './api';
import { choicesOf, type Config, type EmbedConfig } from './config';
import { isInPart, permitted, wishForPlace, wishForUnit } from './goal';
import { readView } from './state';

const vintage = (id: string) => ({
  id, title_mn: id, title_en: id, valid_from: `${id}-01-01`, valid_to: null, source: '', has_lines: true, n_khoroos: 1, in_force: id === '2022',
});

function configOf(embed: Partial<EmbedConfig> = {}): Config {
  return {
    lang: 'en', base: '', vintages: [vintage('2020'), vintage('2022')], current: '2022',
    cycles: [['2020', '2020'], ['2021', '2022'], ['2022', '2022']].map(([id = '', of = '']) => ({ id, title_mn: id, title_en: id, vintage: of })),
    measures: ['identifications'], themes: [], revision: 1, illustrative: true, core: null,
    embed: { area: null, locked: [], origin: null, ...embed },
  };
}
/** With boundaries that are decided and have no cycle yet. */
const ahead: Config = { ...configOf(), vintages: [...configOf().vintages, vintage('2027')] };
const viewOf = (search: string) => readView(search, '', choicesOf(configOf()));
const place = { code: 'bzd-26', district: 'bzd' };

test('a visitor’s wish loses what the frame’s code has named', () => {
  const config = configOf({ locked: ['level', 'cycle'] });
  const wish = { level: 'khoroo', cycle: '2020', selected: 'bzd-26', mark: null } as const;
  expect(permitted(wish, config, viewOf('?level=district'))).toEqual({ mark: null });
  expect(permitted(wish, config, viewOf(''))).toEqual({ selected: 'bzd-26', mark: null });
  expect(permitted(wish, configOf(), viewOf('?level=district'))).toEqual(wish);
});

test('of a place its khoroo is chosen, or its district where the code shows districts alone', () => {
  expect(wishForPlace(place, configOf({ locked: ['level'] }), viewOf('?level=district'))).toEqual({ selected: 'bzd' });
  expect(wishForPlace(place, configOf({ locked: ['level'] }), viewOf(''))).toEqual({ level: 'khoroo', selected: 'bzd-26' });
  expect(wishForPlace(place, configOf(), viewOf('?level=district'))).toEqual({ level: 'khoroo', selected: 'bzd-26' });
});

test('only places in the part of the city are gone to', () => {
  const area = (code: string) => configOf({ area: { code, name: '', box: null, core: null } });
  expect(['bzd', 'bzd-26', 'bzd-2', 'bgd'].map((code) => isInPart(place, area(code)))).toEqual([true, true, false, false]);
  expect([isInPart(null, area('bzd')), isInPart(null, configOf()), isInPart(place, configOf())]).toEqual([false, true, true]);
});

test('a khoroo of another vintage is shown in the newest cycle of it, unless the cycle is named', () => {
  const found: Found & { kind: 'khoroo' } = {
    kind: 'khoroo', id: '2022:bzd-26', code: 'bzd-26', vintage: '2022', title: '', title_lang: 'en', point: null, district: 'bzd', khoroo: null, address: null,
  };
  const cycleIn = (config: Config, search: string) => wishForUnit(found, config, viewOf(search)).cycle;
  expect(cycleIn(configOf(), '?cycle=2020')).toBe('2022');
  expect(cycleIn(configOf(), '?cycle=2021')).toBe('2021');
  expect(cycleIn(configOf({ locked: ['cycle'] }), '?cycle=2020')).toBe('2020');
});

test('a khoroo of boundaries without a cycle is shown on its own lines, and not by its code on others', () => {
  const found = (vintage: string, code: string): Found & { kind: 'khoroo' } => ({
    kind: 'khoroo', id: `${vintage}:${code}`, code, vintage, title: '', title_lang: 'en', point: null, district: 'bzd', khoroo: null, address: null,
  });
  const view = readView('', '', choicesOf(ahead));
  expect(wishForUnit(found('2027', 'bzd-44'), ahead, view)).toEqual({ level: 'khoroo', cycle: 'all', vintage: '2027', selected: 'bzd-44', mark: null });
  const there = readView('?vintage=2027', '', choicesOf(ahead));
  expect(wishForUnit(found('2027', 'bzd-1'), ahead, there)).toMatchObject({ cycle: 'all', vintage: '2027' });
  expect(wishForUnit(found('2022', 'bzd-1'), ahead, there)).toMatchObject({ cycle: '2022', vintage: null });
  expect(permitted({ cycle: 'all', vintage: '2027' }, configOf({ locked: ['cycle'] }), view)).toEqual({});
});
