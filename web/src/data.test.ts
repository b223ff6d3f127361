import { expect, test } from 'vitest';
import type { Api } from './api';
import { createData } from './data';
import type { ValueTable } from './values';

function counting(fails = 0): { api: Api; asked: string[] } {
  const asked: string[] = [];
  let left = fails;
  const api: Api = {
    async values(measure, vintage, level) {
      asked.push(`${measure} ${vintage} ${level}`);
      if (left-- > 0) throw new Error('no answer');
      return { measure, vintage, level } as ValueTable;
    },
    async districts() {
      asked.push('districts');
      return [{ code: 'bzd', name_mn: 'Баянзүрх', name_en: 'Bayanzurkh' }];
    },
    place: () => Promise.reject(new Error('not asked here')),
    tileSets: () => Promise.reject(new Error('not asked here')),
    async tileSet(name) {
      asked.push(name);
      return { tiles: [name], minzoom: 0, maxzoom: 16 };
    },
    revision: () => Promise.reject(new Error('not asked here')),
  };
  return { api, asked };
}

const { signal } = new AbortController();

test('what was said once is not asked again until it is forgotten', async () => {
  const { api, asked } = counting();
  const data = createData(api, (named) => named.name_mn);
  for (let n_times = 0; n_times < 2; n_times += 1) {
    await data.values('replications', '2022', 'khoroo', signal);
    await data.tileSet('boundaries-2022', signal);
    expect((await data.districts(signal)).get('bzd')).toBe('Баянзүрх');
  }
  expect(asked).toEqual(['replications 2022 khoroo', 'boundaries-2022', 'districts']);
  expect(data.has('replications', '2022', 'khoroo')).toBe(true);
  expect(data.has('replications', '2022', 'district')).toBe(false);
  data.forget();
  expect(data.has('replications', '2022', 'khoroo')).toBe(false);
  await data.tileSet('boundaries-2022', signal);
  expect(asked).toHaveLength(4);
});

test('a failure is not kept', async () => {
  const { api, asked } = counting(1);
  const data = createData(api, (named) => named.name_en);
  await expect(data.values('identifications', '2022', 'khoroo', signal)).rejects.toThrow('no answer');
  expect((await data.values('identifications', '2022', 'khoroo', signal)).measure).toBe('identifications');
  expect(asked).toHaveLength(2);
});
