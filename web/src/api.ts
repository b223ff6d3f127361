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
  /** west, south, east, north, in degrees. */
  bounds: [number, number, number, number];
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
}

export interface Api {
  values(measure: string, vintage: string, level: Level, signal: AbortSignal): Promise<ValueTable>;
  place(code: string, vintage: string, level: Level, signal: AbortSignal): Promise<PlaceFacts>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  revision(signal: AbortSignal): Promise<number>;
}

/** Speaks to the service under `base`, a path such as `` or `/hlp`. */
export function createApi(base: string): Api {
  const address = (path: string): URL => new URL(base + path, window.location.origin);

  async function get(path: string, signal: AbortSignal): Promise<unknown> {
    const url = address(path);
    let response: Response;
    try {
      response = await fetch(url, { signal, headers: { accept: 'application/json' } });
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
