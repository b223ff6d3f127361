import { expect, test } from 'vitest';
import { type TiledMap, watchTiles } from './map_tiles';

type Tile = { z: number; x: number; y: number };

/** A map that looks at one tile of each of its sources. */
function fake() {
  const hears = new Map<string, (event: object) => void>();
  const asked: string[] = [];
  let looksAt: Tile = { z: 10, x: 1, y: 1 };
  const map = {
    on: (type: string, hear: (event: object) => void) => void hears.set(type, hear),
    getSource: () => ({ tileSize: 512, minzoom: 0, maxzoom: 16 }),
    coveringTiles: () => [{ canonical: looksAt }],
    refreshTiles: (source: string, tiles: Tile[]) => void asked.push(...tiles.map(({ z, x, y }) => `${source} ${z}/${x}/${y}`)),
  };
  const event = (type: string, sourceId?: string, canonical?: Tile, state: object = { state: 'loaded', latestFeatureIndex: {} }) =>
    hears.get(type)?.({ sourceId, tile: canonical && { tileID: { canonical }, ...state } });
  let n_told = 0;
  const tiles = watchTiles(map as unknown as TiledMap, { apart: 'context', onMissing: () => { n_told += 1; } });
  return { tiles, event, asked, look: (at: Tile) => { looksAt = at; }, told: () => n_told };
}

const [near, fine] = [{ z: 10, x: 1, y: 1 }, { z: 12, x: 4, y: 4 }];

test('a tile that failed counts while it is in view, of what is shown, until it comes', () => {
  const { tiles, event, look, told } = fake();
  event('error', 'boundaries', near);
  expect(told()).toBe(1);
  expect([tiles.areWhole(['boundaries']), tiles.areWhole(['tracker'])]).toEqual([false, true]);
  look(fine);
  expect(tiles.areWhole(['boundaries'])).toBe(true);
  look(near);
  expect(tiles.areWhole(['boundaries'])).toBe(false);
  event('sourcedata', 'boundaries', near);
  expect(tiles.areWhole(['boundaries'])).toBe(true);
});

test('a tile that is loaded and bare has not come', () => {
  const { tiles, event } = fake();
  event('error', 'boundaries', near, { state: 'errored' });
  for (const state of [{ state: 'errored' }, { state: 'reloading', latestFeatureIndex: {} }, { state: 'loaded' }, { state: 'loaded', latestFeatureIndex: null }]) {
    event('sourcedata', 'boundaries', near, state);
    expect(tiles.areWhole(['boundaries'])).toBe(false);
  }
  event('sourcedata', 'boundaries', near, { state: 'loaded', latestFeatureIndex: {} });
  expect(tiles.areWhole(['boundaries'])).toBe(true);
});

test('what is asked for again is missing until it comes', () => {
  const { tiles, event, asked } = fake();
  event('error', 'boundaries', near);
  event('error', 'boundaries', near);
  tiles.reload(['boundaries', 'tracker']);
  expect(asked).toEqual(['boundaries 10/1/1']);
  expect(tiles.areWhole(['boundaries'])).toBe(false);
});

test('nobody misses context, and an error of no tile lasts until all is asked for again', () => {
  const { tiles, event, told } = fake();
  event('error', 'context', near);
  expect([told(), tiles.areWhole(['boundaries'])]).toEqual([0, true]);
  event('error');
  expect(tiles.areWhole(['boundaries'])).toBe(false);
  tiles.reload(['boundaries']);
  expect(tiles.areWhole(['boundaries'])).toBe(true);
});
