import { expect, test } from 'vitest';
import type { Api } from './api';
import { createData } from './data';
import { type FigureQuery, keyOf } from './drawn';
import type { ValueTable } from './values';

function counting(fails = 0): { api: Api; asked: string[] } {
  const asked: string[] = [];
  let left = fails;
  const refuse = () => Promise.reject(new Error('not asked here'));
  const api: Api = {
    async values(query) {
      asked.push(keyOf(query));
      if (left-- > 0) throw new Error('no answer');
      return { ...query } as unknown as ValueTable;
    },
    async districts() {
      asked.push('districts');
      return [{ code: 'bzd', name_mn: 'Баянзүрх', name_en: 'Bayanzurkh', bbox: null, n_khoroos: 43 }];
    },
    async tileSet(name) {
      asked.push(name);
      return { tiles: [name], minzoom: 0, maxzoom: 16 };
    },
    async cells(vintage) {
      asked.push(`cells ${vintage}`);
      return { vintage, n_columns: 0, n_rows: 0, strip_height: 0.7, strips: [], cells: [], districts: [] };
    },
    copies: refuse, place: refuse, progress: refuse, search: refuse, khorooAt: refuse, contextStyle: refuse, tile: refuse, revision: refuse,
    isCurrent: refuse, page: refuse, picture: refuse, pageAt: (path) => path, pictureAt: () => null, paper: null,
  };
  return { api, asked };
}

const { signal } = new AbortController();
const query: FigureQuery = { measure: 'replications', vintage: '2022', level: 'khoroo', rate: 'count', theme: null };

test('what was said once is not asked again until it is forgotten', async () => {
  const { api, asked } = counting();
  const data = createData(api);
  for (let n_times = 0; n_times < 2; n_times += 1) {
    await data.values(query, signal);
    await data.tileSet('boundaries-2022', signal);
    await data.cells('2022', signal);
    expect((await data.districts(signal))[0]?.name_mn).toBe('Баянзүрх');
  }
  expect(asked).toEqual([keyOf(query), 'boundaries-2022', 'cells 2022', 'districts']);
  expect(data.has(query)).toBe(true);
  expect(data.has({ ...query, level: 'district' })).toBe(false);
  expect(data.has({ ...query, theme: 'waste' })).toBe(false);
  data.forget();
  expect(data.has(query)).toBe(false);
  await data.tileSet('boundaries-2022', signal);
  expect(asked).toHaveLength(5);
});

test('a failure is not kept', async () => {
  const { api, asked } = counting(1);
  const data = createData(api);
  await expect(data.values(query, signal)).rejects.toThrow('no answer');
  expect((await data.values(query, signal)).measure).toBe('replications');
  expect(asked).toHaveLength(2);
});

test('what was said holds until all of a new revision has come', async () => {
  const { api, asked } = counting();
  const data = createData(api);
  const before = await data.values(query, signal);
  await expect(data.renew(async (fresh) => {
    expect(fresh.has(query)).toBe(false);
    await fresh.values(query, signal);
    throw new Error('no answer');
  })).rejects.toThrow('no answer');
  expect(await data.values(query, signal)).toBe(before);
  await data.renew(async (fresh) => {
    await fresh.values(query, signal);
  });
  expect(await data.values(query, signal)).not.toBe(before);
  expect(asked).toEqual([keyOf(query), keyOf(query), keyOf(query)]);
});
