// What the visitor looks at, as an address, and back. Pure: nothing here touches the window.
//
// The query holds what a shared link must keep; the hash holds the camera, which changes with every
// drag and never needs to reach the server. Values that are the default are left out, so the plain
// address is the plain view. Parameters of others stay.

import { type Place, readCoordinates } from './coordinates';

export type Level = 'khoroo' | 'district';
/** As they are counted, or per 10,000 residents. */
export type Rate = 'count' | 'per10000';
/** The real map, or one cell of equal size for each khoroo. */
export type Form = 'map' | 'cells';
/** What lies over the map's colours on demand. */
export type Layer = 'practices' | 'replications';
/** A column of the table twin; `district` stands for district and number. */
export type Column = 'district' | 'number' | 'value' | 'second' | 'residents';

export interface Order {
  column: Column;
  descending: boolean;
}

/** Zoom level and centre in degrees. */
export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

/** A place with the name under which it was found; empty where none is told. */
export interface Landmark extends Place {
  name: string;
}

export interface View {
  measure: string;
  /** `all` where there is none. */
  cycle: string;
  /** Boundaries on which nothing was counted yet; `null` where the cycle tells them. */
  vintage: string | null;
  rate: Rate;
  /** Code of the one theme that is counted; `null` counts all. */
  theme: string | null;
  level: Level;
  /** `null` until the visitor chooses: the width of the window decides. */
  form: Form | null;
  layers: readonly Layer[];
  /** Code of the chosen khoroo or district, such as `bzd-26`. */
  selected: string | null;
  table: boolean;
  order: Order;
  /** What was typed to narrow the table. */
  filter: string;
  /** District to which the table is narrowed. */
  within: string | null;
  /** `null` until the visitor moves the map: the built-up core is shown. */
  camera: Camera | null;
  /** The landmark that was looked for. */
  mark: Landmark | null;
}

/** What may be asked for; the first measure is the default. */
export interface Choices {
  measures: readonly string[];
  cycles: readonly string[];
  /** The newest. */
  defaultCycle: string;
  /** By vintage, for addresses that name only that. */
  newestCycleOf: ReadonlyMap<string, string>;
  /** Ids. */
  vintages: readonly string[];
  /** The one that `current` stands for. */
  current: string | null;
  /** Codes. */
  themes: readonly string[];
}

/** What figures are asked for where there is no cycle: the sum of all, which is unknown then. */
export const ALL_CYCLES = 'all';

const LEVELS: readonly Level[] = ['khoroo', 'district'];
const RATES: readonly Rate[] = ['count', 'per10000'];
const FORMS: readonly Form[] = ['map', 'cells'];
export const LAYERS: readonly Layer[] = ['practices', 'replications'];
const COLUMNS: readonly Column[] = ['district', 'number', 'value', 'second', 'residents'];
const PLAIN_ORDER: Order = { column: 'district', descending: false };

const OWN_PARAMETERS = [
  'measure', 'cycle', 'rate', 'theme', 'level', 'form', 'layers', 'select', 'view', 'order', 'filter', 'in',
  'at', 'landmark', 'vintage',
];
const CODE = /^[a-z]{2,8}\d{0,4}(-[1-9]\d{0,5})?$/;
const ZOOM_MAX = 22;
/** Longer is no name of a khoroo, and only makes addresses long. */
const FILTER_CHARACTERS_MAX = 60;
/** Longer than any name on a map. */
const NAME_CHARACTERS_MAX = 100;
/** As much as is told back of a value that there is not. */
export const GIVEN_CHARACTERS_MAX = 40;

/** Reads an address; whatever it does not understand becomes the default. */
export function readView(search: string, hash: string, choices: Choices): View {
  const query = new URLSearchParams(search);
  const level = oneOf(query.get('level'), LEVELS) ?? 'khoroo';
  const layers = query.get('layers')?.split(',') ?? [];
  // A cycle is shown on the boundaries of its time, so a vintage stands for the last cycle counted on it.
  const named = query.get('vintage');
  const asked = oneOf(named === 'current' ? choices.current : named, choices.vintages);
  const cycle = oneOf(query.get('cycle'), choices.cycles) ?? choices.newestCycleOf.get(asked ?? '');
  const vintage = cycle === undefined ? asked : null;
  return {
    measure: oneOf(query.get('measure'), choices.measures) ?? choices.measures[0] ?? '',
    cycle: cycle ?? (vintage === null ? choices.defaultCycle : ALL_CYCLES),
    vintage,
    rate: oneOf(query.get('rate'), RATES) ?? 'count',
    theme: oneOf(query.get('theme'), choices.themes),
    level,
    form: oneOf(query.get('form'), FORMS),
    layers: LAYERS.filter((layer) => layers.includes(layer)),
    selected: codeOf(query.get('select'), level),
    table: query.get('view') === 'table',
    order: readOrder(query.get('order')) ?? PLAIN_ORDER,
    filter: shortened(query.get('filter') ?? '', FILTER_CHARACTERS_MAX),
    within: codeOf(query.get('in'), 'district'),
    camera: readCamera(hash),
    mark: readMark(query),
  };
}

/** A choice that an address asks for in vain: parameter and value. */
export interface Misread {
  name: string;
  given: string;
}

/** What of an address is not understood, so that it can be told; codes of places are known only by their form here. */
export function misread(search: string, choices: Choices): Misread[] {
  const query = new URLSearchParams(search);
  const level = oneOf(query.get('level'), LEVELS) ?? 'khoroo';
  const isKnown: Record<string, (given: string) => boolean> = {
    measure: (given) => choices.measures.includes(given),
    cycle: (given) => choices.cycles.includes(given),
    vintage: (given) => (given === 'current' ? choices.current !== null : choices.vintages.includes(given)),
    theme: (given) => given === 'all' || choices.themes.includes(given),
    rate: (given) => oneOf(given, RATES) !== null,
    level: (given) => oneOf(given, LEVELS) !== null,
    form: (given) => oneOf(given, FORMS) !== null,
    layers: (given) => given.split(',').every((layer) => oneOf(layer, LAYERS) !== null),
    select: (given) => codeOf(given, level) !== null,
    in: (given) => codeOf(given, 'district') !== null,
    view: (given) => given === 'table',
    order: (given) => readOrder(given) !== null,
    at: (given) => readCoordinates(given) !== null,
  };
  return Object.entries(isKnown).flatMap(([name, holds]) => {
    const given = query.get(name)?.trim() ?? '';
    return given === '' || holds(given) ? [] : [{ name, given: shortened(given, GIVEN_CHARACTERS_MAX) }];
  });
}

/** The query (with its `?`, or empty) and hash of a view; foreign parameters of `search` are kept. */
export function writeView(view: View, search: string, choices: Choices): { search: string; hash: string } {
  const query = new URLSearchParams(search);
  for (const name of OWN_PARAMETERS) query.delete(name);
  if (view.measure !== choices.measures[0]) query.set('measure', view.measure);
  if (view.vintage !== null) query.set('vintage', view.vintage);
  else if (view.cycle !== choices.defaultCycle) query.set('cycle', view.cycle);
  if (view.rate !== 'count') query.set('rate', view.rate);
  if (view.theme !== null) query.set('theme', view.theme);
  if (view.level !== 'khoroo') query.set('level', view.level);
  if (view.form !== null) query.set('form', view.form);
  if (view.layers.length > 0) query.set('layers', view.layers.join(','));
  if (view.selected !== null) query.set('select', view.selected);
  if (view.table) query.set('view', 'table');
  if (!sameOrder(view.order, PLAIN_ORDER)) query.set('order', writeOrder(view.order));
  if (view.filter !== '') query.set('filter', view.filter);
  if (view.within !== null) query.set('in', view.within);
  if (view.mark !== null) {
    query.set('at', `${view.mark.lon.toFixed(5)},${view.mark.lat.toFixed(5)}`);
    if (view.mark.name !== '') query.set('landmark', view.mark.name);
  }
  const text = query.toString().replaceAll('%2C', ',');
  return { search: text === '' ? '' : `?${text}`, hash: view.camera ? writeCamera(view.camera) : '' };
}

/** `#map=11.50/47.9180/106.9170`: zoom, latitude, longitude, as other map sites write it. */
export function writeCamera(camera: Camera): string {
  return `#map=${camera.zoom.toFixed(2)}/${camera.lat.toFixed(4)}/${camera.lon.toFixed(4)}`;
}

export function readCamera(hash: string): Camera | null {
  const match = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (!match) return null;
  const [zoom, lat, lon] = match.slice(1).map(Number) as [number, number, number];
  const inRange = zoom >= 0 && zoom <= ZOOM_MAX && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return inRange ? { zoom, lat, lon } : null;
}

/** A path under `/mn` or `/en` (after `base`) in the other language; any other path leads to its front page. */
export function pathInLanguage(path: string, base: string, lang: string): string {
  const own = path.startsWith(base) ? path.slice(base.length) : path;
  const rest = /^\/(?:mn|en)(\/.*)?$/.exec(own)?.[1] ?? '/';
  return `${base}/${lang}${rest}`;
}

/** What a press on a column's head leads to: figures start with the highest, names with the first. */
export function nextOrder(now: Order, column: Column): Order {
  if (now.column === column) return { column, descending: !now.descending };
  return { column, descending: column === 'value' || column === 'second' || column === 'residents' };
}

/** `value`, or `-value` with the highest first. */
function writeOrder({ column, descending }: Order): string {
  return descending ? `-${column}` : column;
}

function readMark(query: URLSearchParams): Landmark | null {
  const place = readCoordinates(query.get('at') ?? '');
  return place && { ...place, name: shortened(query.get('landmark') ?? '', NAME_CHARACTERS_MAX) };
}

function readOrder(text: string | null): Order | null {
  const descending = text?.startsWith('-') ?? false;
  const column = oneOf(descending ? (text?.slice(1) ?? null) : text, COLUMNS);
  return column && { column, descending };
}

function sameOrder(a: Order, b: Order): boolean {
  return a.column === b.column && a.descending === b.descending;
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | null {
  return allowed.find((known) => known === value) ?? null;
}

function codeOf(value: string | null, level: Level): string | null {
  // Codes are written small; who writes them large means the same.
  const code = value?.trim().toLowerCase() ?? '';
  return CODE.test(code) && code.includes('-') === (level === 'khoroo') ? code : null;
}

export function shortened(text: string, characters_max: number): string {
  return [...text].slice(0, characters_max).join('');
}
