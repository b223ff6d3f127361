// What the server has said and still holds: figures, layouts, tiles' addresses, districts.
//
// Kept until a new revision, so that going back and forth between two measures asks for nothing.

import type { Api, CellLayout, Copy, District, TileSet } from './api';
import { type FigureQuery, keyOf } from './drawn';
import type { ValueTable } from './values';

/** What can be had, from the server or from what is kept. */
export interface Answers {
  /** True where `values` would not have to ask. */
  has(query: FigureQuery): boolean;
  values(query: FigureQuery, signal: AbortSignal): Promise<ValueTable>;
  cells(vintage: string, signal: AbortSignal): Promise<CellLayout>;
  copies(cycle: string, theme: string | null, signal: AbortSignal): Promise<readonly Copy[]>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  tile(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  districts(signal: AbortSignal): Promise<readonly District[]>;
}

export interface Data extends Answers {
  /** Nothing that was said holds any more. */
  forget(): void;
  /** After a new revision: asks anew, and forgets what was said before only once all has come. Rejects where it did not. */
  renew(ask: (fresh: Answers) => Promise<void>): Promise<void>;
}

interface Stores {
  values: Map<string, ValueTable>;
  cells: Map<string, CellLayout>;
  copies: Map<string, readonly Copy[]>;
  tileSets: Map<string, TileSet>;
  tiles: Map<string, Uint8Array<ArrayBuffer>>;
  districts: Map<string, readonly District[]>;
}

const DISTRICTS = 'all';

const empty = (): Stores => ({
  values: new Map(), cells: new Map(), copies: new Map(), tileSets: new Map(), tiles: new Map(), districts: new Map(),
});

export function createData(api: Api): Data {
  let current = empty();

  /** Keeps answers only, not promises: what failed or was given up is asked for anew. */
  async function kept<T>(store: Map<string, T>, name: string, ask: () => Promise<T>): Promise<T> {
    const known = store.get(name);
    if (known !== undefined) return known;
    const answer = await ask();
    store.set(name, answer);
    return answer;
  }

  const answersFrom = (stores: () => Stores): Answers => ({
    has: (query) => stores().values.has(keyOf(query)) && stores().districts.has(DISTRICTS),
    values: (query, signal) => kept(stores().values, keyOf(query), () => api.values(query, signal)),
    cells: (vintage, signal) => kept(stores().cells, vintage, () => api.cells(vintage, signal)),
    copies: (cycle, theme, signal) =>
      kept(stores().copies, `${cycle}/${theme ?? ''}`, () => api.copies(cycle, theme, signal)),
    tileSet: (name, signal) => kept(stores().tileSets, name, () => api.tileSet(name, signal)),
    tile: (url, signal) => kept(stores().tiles, url, () => api.tile(url, signal)),
    districts: (signal) => kept(stores().districts, DISTRICTS, () => api.districts(signal)),
  });

  return {
    ...answersFrom(() => current),
    // What is still on its way is kept where nobody looks any more.
    forget() {
      current = empty();
    },
    async renew(ask) {
      const fresh = empty();
      await ask(answersFrom(() => fresh));
      current = fresh;
    },
  };
}
