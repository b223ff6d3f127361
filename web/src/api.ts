// The only place that asks the server for anything (MapLibre asks for tiles by itself).
//
// Every call takes an `AbortSignal`, because a visitor changes their mind faster than a slow line
// answers, and throws `ApiError` where the server said no or nothing.

import type { Level } from './state';
import { parseValues, type ValueTable } from './values';

/** The server's refusal (RFC 9457), or `status` 0 when it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The part of TileJSON 3.0 that the map needs; tile addresses are absolute. */
export interface TileSet {
  tiles: string[];
  minzoom: number;
  maxzoom: number;
  /** west, south, east, north, in degrees; absent where nothing has lines. */
  bounds?: [number, number, number, number];
}

/** A khoroo or district with its facts, as `/api/v1/khoroos/{code}` tells them. */
export interface PlaceFacts {
  code: string;
  population: number | null;
  population_year: number | null;
  households: number | null;
  area_km2: number | null;
  /** west, south, east, north, in degrees. */
  bbox: [number, number, number, number] | null;
  /** Counts in the cycles native to the vintage; `null` was not reported. */
  cycles: {
    cycle: string;
    identifications: number | null;
    replications: number | null;
    replications_hosted: number | null;
  }[];
}

export interface Named {
  code: string;
  name_mn: string;
  name_en: string;
}

export interface Api {
  values(measure: string, vintage: string, level: Level, signal: AbortSignal): Promise<ValueTable>;
  /** What districts are called. */
  districts(signal: AbortSignal): Promise<Named[]>;
  place(code: string, vintage: string, level: Level, signal: AbortSignal): Promise<PlaceFacts>;
  /** Names of the sets of tiles that there are. */
  tileSets(signal: AbortSignal): Promise<string[]>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  revision(signal: AbortSignal): Promise<number>;
}

/**
 * Speaks to the service under `base`, a path such as `` or `/hlp`.
 *
 * Answers are always asked whether they still hold (`no-cache`): the server says 304 at no cost, and
 * after a new revision no old copy is taken for it.
 */
export function createApi(base: string): Api {
  const address = (path: string): URL => new URL(base + path, window.location.origin);

  async function get(path: string, signal: AbortSignal): Promise<unknown> {
    const url = address(path);
    let response: Response;
    try {
      response = await fetch(url, { signal, cache: 'no-cache', headers: { accept: 'application/json' } });
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new ApiError(0, 'unreachable', `no answer from ${url.pathname}`);
    }
    if (!response.ok) throw await refusal(response);
    return response.json();
  }

  return {
    async values(measure, vintage, level, signal) {
      const query = new URLSearchParams({ vintage, level });
      return parseValues(await get(`/api/v1/values/${measure}.json?${query}`, signal));
    },
    async place(code, vintage, level, signal) {
      const query = new URLSearchParams({ vintage });
      return (await get(`/api/v1/${level}s/${code}?${query}`, signal)) as PlaceFacts;
    },
    async districts(signal) {
      return ((await get('/api/v1/districts', signal)) as List<Named>).items;
    },
    async tileSets(signal) {
      return ((await get('/tiles', signal)) as List<{ id: string }>).items.map(({ id }) => id);
    },
    async tileSet(name, signal) {
      const path = `/tiles/${name}.json`;
      const answer = (await get(path, signal)) as TileSet;
      return { ...answer, tiles: answer.tiles.map((tile) => absolute(tile, address(path))) };
    },
    async revision(signal) {
      return ((await get('/api/v1/revision', signal)) as { revision: number }).revision;
    },
  };
}

interface List<T> {
  items: T[];
}

/** A template resolved like a link, with its braces kept. */
function absolute(template: string, relativeTo: URL): string {
  return decodeURI(new URL(template, relativeTo).href);
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; title?: string; detail?: string };
  return new ApiError(
    response.status,
    problem.code ?? 'unknown',
    problem.detail ?? problem.title ?? `status ${response.status} from ${response.url}`,
  );
}
