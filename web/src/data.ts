// What the server has said and still holds: figures by measure, tiles' addresses, districts' names.
//
// Kept until a new revision, so that going back and forth between two measures asks for nothing.

import type { Api, TileSet } from './api';
import type { Level } from './state';
import type { ValueTable } from './values';

export interface Data {
  /** True where `values` would not have to ask. */
  has(measure: string, vintage: string, level: Level): boolean;
  values(measure: string, vintage: string, level: Level, signal: AbortSignal): Promise<ValueTable>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  /** District names by code, as `name` picks them. */
  districts(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** After a new revision nothing that was said holds. */
  forget(): void;
}

export function createData(api: Api, nameOf: (named: { name_mn: string; name_en: string }) => string): Data {
  const values = new Map<string, ValueTable>();
  const tileSets = new Map<string, TileSet>();
  let districts: ReadonlyMap<string, string> | null = null;

  const key = (measure: string, vintage: string, level: Level): string => `${measure}/${vintage}/${level}`;

  /** Keeps answers only, not promises: what failed or was given up is asked for anew. */
  async function kept<T>(store: Map<string, T>, name: string, ask: () => Promise<T>): Promise<T> {
    const known = store.get(name);
    if (known !== undefined) return known;
    const answer = await ask();
    store.set(name, answer);
    return answer;
  }

  return {
    has: (measure, vintage, level) => values.has(key(measure, vintage, level)) && districts !== null,
    values: (measure, vintage, level, signal) =>
      kept(values, key(measure, vintage, level), () => api.values(measure, vintage, level, signal)),
    tileSet: (name, signal) => kept(tileSets, name, () => api.tileSet(name, signal)),
    async districts(signal) {
      districts ??= new Map((await api.districts(signal)).map((named) => [named.code, nameOf(named)]));
      return districts;
    },
    forget() {
      values.clear();
      tileSets.clear();
      districts = null;
    },
  };
}
