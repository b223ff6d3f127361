// What the server has said and still holds: figures, layouts, tiles' addresses, districts.
//
// Kept until a new revision, so that going back and forth between two measures asks for nothing.

import type { Api, CellLayout, Copy, District, TileSet } from './api';
import { type FigureQuery, keyOf } from './drawn';
import type { ValueTable } from './values';

export interface Data {
  /** True where `values` would not have to ask. */
  has(query: FigureQuery): boolean;
  values(query: FigureQuery, signal: AbortSignal): Promise<ValueTable>;
  cells(vintage: string, signal: AbortSignal): Promise<CellLayout>;
  copies(cycle: string, theme: string | null, signal: AbortSignal): Promise<readonly Copy[]>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  tile(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  districts(signal: AbortSignal): Promise<readonly District[]>;
  /** After a new revision nothing that was said holds. */
  forget(): void;
}

export function createData(api: Api): Data {
  const stores = {
    values: new Map<string, ValueTable>(),
    cells: new Map<string, CellLayout>(),
    copies: new Map<string, readonly Copy[]>(),
    tileSets: new Map<string, TileSet>(),
    tiles: new Map<string, Uint8Array<ArrayBuffer>>(),
    districts: new Map<string, readonly District[]>(),
  };
  const DISTRICTS = 'all';

  /** Keeps answers only, not promises: what failed or was given up is asked for anew. */
  async function kept<T>(store: Map<string, T>, name: string, ask: () => Promise<T>): Promise<T> {
    const known = store.get(name);
    if (known !== undefined) return known;
    const answer = await ask();
    store.set(name, answer);
    return answer;
  }

  return {
    has: (query) => stores.values.has(keyOf(query)) && stores.districts.has(DISTRICTS),
    values: (query, signal) => kept(stores.values, keyOf(query), () => api.values(query, signal)),
    cells: (vintage, signal) => kept(stores.cells, vintage, () => api.cells(vintage, signal)),
    copies: (cycle, theme, signal) =>
      kept(stores.copies, `${cycle}/${theme ?? ''}`, () => api.copies(cycle, theme, signal)),
    tileSet: (name, signal) => kept(stores.tileSets, name, () => api.tileSet(name, signal)),
    tile: (url, signal) => kept(stores.tiles, url, () => api.tile(url, signal)),
    districts: (signal) => kept(stores.districts, DISTRICTS, () => api.districts(signal)),
    forget() {
      for (const store of Object.values(stores)) store.clear();
    },
  };
}
