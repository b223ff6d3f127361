import { expect, test } from 'vitest';
import type { Found } from '../api';
import type { Config, EmbedConfig } from '../config';
import { readView } from '../state';
import { choicesOf } from '../config';
import { offered } from './offered';

const vintage = (id: string) => ({
  id, title_mn: id, title_en: id, valid_from: `${id}-01-01`, valid_to: null, source: '', has_lines: true, n_khoroos: 1,
});
const cycle = (id: string) => ({ id, title_mn: id, title_en: id, vintage: id });

function configOf(embed?: Partial<EmbedConfig>): Config {
  return {
    lang: 'en', base: '', vintages: [vintage('2020'), vintage('2022')], cycles: [cycle('2020'), cycle('2022')],
    measures: ['identifications'], themes: [], revision: 1, illustrative: true, core: null,
    ...(embed ? { embed: { area: null, locked: [], origin: null, ...embed } } : {}),
  };
}

const found = (kind: Found['kind'], code: string | null, of = '2022'): Found =>
  ({ kind, id: code ?? 'p-1', code, vintage: of, title: code ?? 'p-1', title_lang: 'en' , point: null, address: null});
const all = [
  found('district', 'bzd'), found('khoroo', 'bzd-2'), found('khoroo', 'bgd-2'), found('khoroo', 'bzd-28', '2020'), found('practice', null),
];

function check(embed: Partial<EmbedConfig> | undefined, search: string, expected: string[]): void {
  const config = configOf(embed);
  expect(offered(all, config, readView(search, '', choicesOf(config))).map(({ title }) => title)).toEqual(expected);
}

test('on the city’s own page everything is offered, in a frame of the city too', () => {
  for (const embed of [undefined, {}]) check(embed, '', ['bzd', 'bzd-2', 'bgd-2', 'bzd-28', 'p-1']);
});

test('a frame of a district offers what lies in it', () => {
  check({ area: { code: 'bzd', name: '', box: null } }, '', ['bzd', 'bzd-2', 'bzd-28']);
  check({ area: { code: 'bzd-2', name: '', box: null } }, '', ['bzd-2']);
});

test('a level or a cycle that the code has named is kept', () => {
  check({ locked: ['level'] }, '?level=district', ['bzd', 'p-1']);
  check({ locked: ['cycle'] }, '?cycle=2020', ['bzd-28', 'p-1']);
});
