// The only place that asks the server for anything (MapLibre asks for tiles by itself).
//
// Every call takes an `AbortSignal`, because a visitor changes their mind faster than a slow line
// answers, and throws `ApiError` where the server said no, nothing, or not all.

import type { LayerSpecification } from 'maplibre-gl';
import type { FigureQuery } from './drawn';
import type { Paper } from './paper';
import type { Level } from './state';
import type { Scheme } from './style/theme';
import { parseValues, type ValueTable } from './values';

/** Items that a page of a list may have. */
const PAGE_ITEMS = 1000;

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

/** west, south, east, north, in degrees. */
export type Box = [number, number, number, number];

/** The part of TileJSON 3.0 that the map needs; tile addresses are absolute. */
export interface TileSet {
  tiles: string[];
  minzoom: number;
  maxzoom: number;
  /** Absent where nothing has lines. */
  bounds?: Box;
}

/** What is drawn for orientation; each layer's `metadata` says where it goes. */
export interface ContextStyle {
  /** Empty where there is no context. */
  sources: Record<string, unknown>;
  layers: LayerSpecification[];
}

export interface Named {
  code: string;
  name_mn: string;
  name_en: string;
}

export interface District extends Named {
  /** `null` where it has no lines. */
  bbox: Box | null;
  n_khoroos: number;
  /** What it is called besides: `БЗД`, `BZD`. */
  aliases?: string[];
}

/** A khoroo or district with its facts, as `/api/v1/khoroos/{code}` tells them. */
export interface PlaceFacts extends Named {
  vintage: string;
  level: Level;
  district: string;
  population: number | null;
  population_year: number | null;
  households: number | null;
  area_km2: number | null;
  bbox: Box | null;
  /** Counts in the cycles native to the vintage; `null` was not reported. */
  cycles: {
    cycle: string;
    identifications: number | null;
    replications: number | null;
    replications_hosted: number | null;
  }[];
}

/** One of the process's steps with its figures, the headline first. */
export interface Step {
  code: string;
  name_mn: string;
  name_en: string;
  figures: { id: string; name: string; value: number | null; unit: string }[];
}

/** Practices entered, and how many of these have a page of their own. */
export interface Entered {
  n_entered: number;
  n_with_page: number;
}

/** What a place did in a cycle. */
export interface Progress {
  steps: Step[];
  /** `null` where entries are not shown. */
  entered: Entered | null;
}

/** Something that fits what was typed. */
export interface Found {
  kind: 'district' | 'khoroo' | 'practice' | 'landmark';
  id: string;
  /** Of a district or khoroo. */
  code: string | null;
  vintage: string;
  title: string;
  title_lang: string;
  /** Longitude, latitude. */
  point: [number, number] | null;
  /** Code of the district that it lies in; `null` for a landmark outside all khoroos. */
  district: string | null;
  /** On whose ground a landmark stands, as vintage and code, `2022:bzd-26`. */
  khoroo: string | null;
  /** Of a landmark. */
  address: string | null;
  /** Where a practice is at home, in words. */
  place?: string | null;
  /** In which it was first entered. */
  year?: number | null;
}

/** The best of what fits, and how many fit in all. */
export interface Findings {
  items: readonly Found[];
  total: number;
}

/** A khoroo, and how far it is from the place that was asked for: 0 m inside. */
export interface NearestKhoroo extends PlaceFacts {
  distance_m: number;
}

/** Where a search looks; everywhere in what is left out. */
export interface SearchScope {
  kinds?: readonly Found['kind'][];
  vintage?: string;
  /** Code. */
  district?: string;
  /** Results at most. */
  limit?: number;
}

/** The equal-cell layout of a vintage: column 0 in the west, row 0 in the north. */
export interface CellLayout {
  vintage: string;
  n_columns: number;
  n_rows: number;
  /** Height of a strip between two rows, in which names of districts stand, in cells. */
  strip_height: number;
  /** Rows above which there is a strip; `n_rows` for one below the last. */
  strips: number[];
  cells: { code: string; id: number; district: string; column: number; row: number }[];
  /** Outlines along cell corners, which are whole numbers. */
  districts: {
    code: string;
    outline: [number, number][][];
    /** The middle of its name: `x` in columns, half a strip above `row`. `null` where it has no cells. */
    name: { x: number; row: number } | null;
    /** The same where districts are shown and no cells: in the middle of `row`. */
    name_on_ground: { x: number; row: number } | null;
  }[];
}

/** Which way a practice went; khoroos are those of the cycle's boundaries, as vintage and code, `2022:bzd-26`. */
export interface Way {
  /** `null` where nobody answers for the host there. */
  from: string | null;
  to: string | null;
}

/** A practice that another khoroo copied. */
export interface Copy extends Way {
  /** Id of the practice. */
  practice: string;
  title_mn: string | null;
  title_en: string | null;
}

export interface Revision {
  revision: number;
  /** UTC, `2026-11-22T09:30:56Z`. */
  published_at: string;
}

export interface Api {
  values(query: FigureQuery, signal: AbortSignal): Promise<ValueTable>;
  districts(signal: AbortSignal): Promise<District[]>;
  place(code: string, vintage: string, level: Level, signal: AbortSignal): Promise<PlaceFacts>;
  progress(code: string, level: Level, cycle: string, lang: string, signal: AbortSignal): Promise<Progress>;
  search(words: string, lang: string, scope: SearchScope, signal: AbortSignal): Promise<Findings>;
  /** The khoroo at a place, or the one nearest to it; `null` far from the city. */
  khorooAt(lon: number, lat: number, vintage: string, signal: AbortSignal): Promise<NearestKhoroo | null>;
  cells(vintage: string, signal: AbortSignal): Promise<CellLayout>;
  contextStyle(lang: string, scheme: Scheme, signal: AbortSignal): Promise<ContextStyle>;
  /** Copies that count as replications in a cycle, of one theme or all. */
  copies(cycle: string, theme: string | null, signal: AbortSignal): Promise<Copy[]>;
  tileSet(name: string, signal: AbortSignal): Promise<TileSet>;
  /** Bytes of one vector tile, by its absolute address. */
  tile(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  revision(signal: AbortSignal): Promise<Revision>;
  /** The page at an address of this site, as text. */
  page(address: string, signal: AbortSignal): Promise<string>;
  /** The still picture at an address of this site. */
  picture(address: string, signal: AbortSignal): Promise<Blob>;
  /** False where the server answers, but not from the newest records. */
  isCurrent(signal: AbortSignal): Promise<boolean>;
  /** Address of the page at a path such as `/mn/practices/p-1`. */
  pageAt(path: string): string;
  /** Address of the still picture at a path such as `/maps/replications.svg?lang=mn`; `null` where there is none. */
  pictureAt(path: string): string | null;
  /**
   * Where most of what is shown has no still picture: what goes on paper of it. `onPaper` says when the page itself
   * does, and when it is back on screen: paper is light, whatever the screen is.
   */
  paper: ((stage: HTMLElement, onPaper: (isOnPaper: boolean) => void) => Paper) | null;
}

/**
 * Speaks to the service under `base`, a path such as `` or `/hlp`; `locate` says where below it a path with its query lies.
 *
 * Answers are always asked whether they still hold (`no-cache`): the server says 304 at no cost, and
 * after a new revision no old copy is taken for it. Tiles carry their content's hash in the address.
 */
export function createApi(base: string, locate = (path: string): string => path): Api {
  const onSite = (path: string): URL => new URL(path, window.location.origin);
  const pageAt = (path: string): string => base + locate(path);
  const address = (path: string): URL => onSite(pageAt(path));

  /** An answer that breaks off, or is none of this service, is no answer. */
  async function ask<T>(url: URL, signal: AbortSignal, cache: RequestCache, read: (response: Response) => Promise<T>): Promise<T> {
    try {
      const response = await fetch(url, { signal, cache, headers: { accept: 'application/json, */*;q=0.1' } });
      if (!response.ok) throw await refusal(response);
      return await read(response);
    } catch (cause) {
      if (signal.aborted || cause instanceof ApiError) throw cause;
      throw new ApiError(0, 'unreachable', `no answer from ${url.pathname}`);
    }
  }

  function get<T>(path: string, signal: AbortSignal): Promise<T> {
    return ask(address(path), signal, 'no-cache', (response) => response.json() as Promise<T>);
  }

  return {
    async values({ measure, vintage, level, rate, theme }, signal) {
      const query = new URLSearchParams({ vintage, level });
      if (rate !== 'count') query.set('rate', rate);
      if (theme !== null) query.set('theme', theme);
      return parseValues(await get(`/api/v1/values/${measure}.json?${query}`, signal));
    },
    async districts(signal) {
      return (await get<List<District>>('/api/v1/districts', signal)).items;
    },
    place(code, vintage, level, signal) {
      return get(`/api/v1/${level}s/${code}?${new URLSearchParams({ vintage })}`, signal);
    },
    async progress(code, level, cycle, lang, signal) {
      const query = new URLSearchParams({ [level]: code, cycle, lang });
      const { steps, more } = await get<{ steps: Step[]; more: Step[] }>(`/api/v1/tracker?${query}`, signal);
      const n_entered = figureOf(steps, 'identifications');
      const n_with_page = figureOf(more, 'funnel_identified');
      return { steps, entered: n_entered === null || n_with_page === null ? null : { n_entered, n_with_page } };
    },
    async search(words, lang, { kinds, vintage, district, limit }, signal) {
      const query = new URLSearchParams({ q: words, lang });
      const narrowed = { kind: kinds?.join(), vintage, district, limit };
      for (const [name, value] of Object.entries(narrowed)) if (value !== undefined) query.set(name, String(value));
      const { items, total } = await get<List<Found> & Findings>(`/api/v1/search?${query}`, signal);
      return { items, total };
    },
    khorooAt(lon, lat, vintage, signal) {
      const query = new URLSearchParams({ lon: String(lon), lat: String(lat), vintage, outside: 'nearest' });
      return get(`/api/v1/khoroos-at?${query}`, signal);
    },
    cells: (vintage, signal) => get(`/api/v1/cells?${new URLSearchParams({ vintage })}`, signal),
    contextStyle: (lang, scheme, signal) => get(`/styles/context.json?${new URLSearchParams({ lang, scheme })}`, signal),
    async copies(cycle, theme, signal) {
      const statuses = await get<List<{ code: string; counts: boolean }>>('/api/v1/replication-statuses', signal);
      const counting = statuses.items.filter(({ counts }) => counts).map(({ code }) => code).join();
      if (counting === '') return [];
      const query = new URLSearchParams({ cycle, status: counting, limit: String(PAGE_ITEMS) });
      if (theme !== null) query.set('theme', theme);
      const copies: Copy[] = [];
      for (let next: string | null = `?${query}`; next !== null; ) {
        const page: List<Copy> = await get(`/api/v1/replications${next}`, signal);
        copies.push(...page.items);
        next = page.next;
      }
      return copies;
    },
    async tileSet(name, signal) {
      const path = `/tiles/${name}.json`;
      const answer = await get<TileSet>(path, signal);
      return { ...answer, tiles: answer.tiles.map((tile) => absolute(tile, address(path))) };
    },
    tile(url, signal) {
      return ask(new URL(url), signal, 'default', async (response) => new Uint8Array(await response.arrayBuffer()));
    },
    revision: (signal) => get('/api/v1/revision', signal),
    page: (path, signal) => ask(onSite(path), signal, 'no-cache', (response) => response.text()),
    picture: (path, signal) => ask(onSite(path), signal, 'no-cache', (response) => response.blob()),
    async isCurrent(signal) {
      return (await get<{ status: string }>('/health/ready', signal)).status !== 'degraded';
    },
    pageAt,
    pictureAt: pageAt,
    paper: null,
  };
}

interface List<T> {
  items: T[];
  /** Query of the next page. */
  next: string | null;
}

/** `null` where nobody counts it, or not here. */
function figureOf(cards: readonly Step[], id: string): number | null {
  return cards.flatMap(({ figures }) => figures).find((figure) => figure.id === id)?.value ?? null;
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
