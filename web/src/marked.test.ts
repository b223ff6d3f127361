import { expect, test } from 'vitest';
import type { Findings, Found } from './api';
import { createMarked } from './marked';

const market: Found = {
  kind: 'landmark', id: '1', code: null, vintage: '2022', title: 'Narantuul Market', title_lang: 'en', point: [106.93, 47.915],
  district: 'bzd', khoroo: '2022:bzd-5', address: null,
};

async function nameOf(mark: { lon: number; lat: number; name: string }): Promise<string | undefined> {
  let asked = 0;
  const search = async (): Promise<Findings> => {
    asked += 1;
    return { items: [{ ...market, title: 'Another branch', point: [106.8, 47.9] }, market], total: 2 };
  };
  const names = createMarked({ api: { search }, lang: 'en', messages: { youAreHere: 'You are here' }, onChange: () => {} });
  expect(names.nameOf(mark)).toBeNull();
  await Promise.resolve();
  await Promise.resolve();
  const name = names.nameOf(mark)?.title;
  expect(asked).toBe(mark.name === '' ? 0 : 1);
  return name;
}

test('a landmark is called what the table calls it at that place', async () => {
  expect(await nameOf({ lon: 106.93, lat: 47.915, name: 'Нарантуул зах' })).toBe('Narantuul Market');
});

test('a name that an address makes up is not shown', async () => {
  expect(await nameOf({ lon: 106.95, lat: 47.915, name: 'Narantuul Market' })).toBeUndefined();
  expect(await nameOf({ lon: 106.93, lat: 47.915, name: '' })).toBeUndefined();
});
