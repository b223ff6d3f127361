import { expect, test } from 'vitest';
import { choicesOf, type Config, offeredThemes, offersOthers, readConfig, vintageBeside } from './config';
import { drawn } from './drawn';
import { misread, readView, writeView } from './state';

function pageWith(config: unknown): Document {
  const block = { textContent: config === undefined ? null : JSON.stringify(config) };
  return { getElementById: (id: string) => (id === 'hlp-config' ? block : null) } as unknown as Document;
}

const vintage = {
  id: '2022', title_mn: '2022 оны хил', title_en: 'Boundaries of 2022', valid_from: '2022-01-01', valid_to: null,
  source: 'a survey', has_lines: true, n_khoroos: 204, in_force: true,
};
const boundariesOnly: Config = {
  lang: 'mn', base: '', vintages: [vintage], current: '2022', cycles: [], measures: ['identifications', 'replications'], themes: [],
  revision: 7, illustrative: false, core: null,
};

test('a city without a cycle is shown by its newest boundaries, in the sum of all cycles', () => {
  const config = readConfig(pageWith(boundariesOnly));
  const choices = choicesOf(config);
  const view = readView('', '', choices);
  expect(view.cycle).toBe('all');
  expect(drawn(config, view)).toMatchObject({ vintage: '2022', level: 'khoroo', withoutLines: false });
  expect(writeView(view, '', choices).search).toBe('');
});

test('a page without its block, or without a measure, is not taken for a city', () => {
  expect(() => readConfig(pageWith(undefined))).toThrow('no #hlp-config');
  expect(() => readConfig(pageWith({ ...boundariesOnly, measures: [] }))).toThrow('no measure');
});

test('a vintage in the address is remarked on only where the cycle is of another', () => {
  const older = { ...vintage, id: '2020' };
  const cycles = ['2020', '2022'].map((id) => ({ id, title_mn: id, title_en: id, vintage: id }));
  const config = { ...boundariesOnly, vintages: [older, vintage], cycles };
  expect(vintageBeside(config, '?vintage=2020', '2022')).toBe(older);
  // Valid today, which the last begun may no longer be.
  expect(vintageBeside({ ...config, current: '2020' }, '?vintage=current', '2022')?.id).toBe('2020');
  expect(vintageBeside({ ...config, current: null }, '?vintage=current', '2020')).toBeNull();
  expect(choicesOf({ ...config, current: null }).current).toBeNull();
  expect(vintageBeside(config, '?vintage=2022', '2022')).toBeNull();
  expect(vintageBeside(config, '?vintage=1990', '2022')).toBeNull();
  expect(vintageBeside(config, '', '2022')).toBeNull();
  expect(vintageBeside(config, '?vintage=2020', 'all')).toBeNull();
  expect(choicesOf({ ...config, cycles: [...cycles, { ...cycles[1]!, id: '2023' }] }).newestCycleOf.get('2022')).toBe('2023');
});

test('a page of now offers others where a cycle, theme or vintage is new, not where a title is', () => {
  const before = { vintages: [{ id: '2022' }], cycles: [{ id: '2022', title_en: 'A' }], themes: [{ code: 'waste' }], measures: [] } as unknown as Config;
  const now = (change: object): Config => ({ ...before, ...change }) as Config;
  expect(offersOthers(before, now({ cycles: [{ id: '2022', title_en: 'B' }], revision: 7 }))).toBe(false);
  for (const change of [
    { cycles: [{ id: '2022' }, { id: '2024' }] }, { themes: [] }, { vintages: [{ id: '2022' }, { id: '2024' }] },
  ]) expect(offersOthers(before, now(change))).toBe(true);
});

test('a theme out of use is shown to who asks for it, and offered to nobody else', () => {
  const theme = (code: string, active: boolean) => ({ code, name_mn: code, name_en: code, active });
  const config: Config = { ...boundariesOnly, themes: [theme('waste', true), theme('smoke', false)] };
  const view = readView('?theme=smoke', '', choicesOf(config));
  expect(view.theme).toBe('smoke');
  expect(misread('?theme=smoke', choicesOf(config))).toEqual([]);
  const codes = (chosen: string | null) => offeredThemes(config.themes, chosen).map(({ code }) => code);
  expect(codes(view.theme)).toEqual(['waste', 'smoke']);
  expect(codes(null)).toEqual(['waste']);
});
