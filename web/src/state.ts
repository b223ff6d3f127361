// What the visitor looks at, as an address, and back. Pure: nothing here touches the window.
//
// The query holds what a shared link must keep (measure, cycle, level, chosen place, table); the hash
// holds the camera, which changes with every drag and never needs to reach the server. Values that
// are the default are left out, so the plain address is the plain view. Parameters of others stay.

export type Level = 'khoroo' | 'district';
export type Order = 'place' | 'value';

/** Zoom level and centre in degrees. */
export interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

export interface View {
  measure: string;
  cycle: string;
  level: Level;
  /** Code of the chosen khoroo or district, such as `bzd-26`. */
  selected: string | null;
  table: boolean;
  order: Order;
  /** `null` until the visitor moves the map: the built-up core is shown. */
  camera: Camera | null;
}

/** What may be asked for; the first measure is the default. */
export interface Choices {
  measures: readonly string[];
  cycles: readonly string[];
  /** The newest. */
  defaultCycle: string;
}

const OWN_PARAMETERS = ['measure', 'cycle', 'level', 'select', 'view', 'order'];
const CODE = /^[a-z]{2,8}\d{0,4}(-[1-9]\d{0,5})?$/;
const ZOOM_MAX = 22;

/** Reads an address; whatever it does not understand becomes the default. */
export function readView(search: string, hash: string, choices: Choices): View {
  const query = new URLSearchParams(search);
  const level: Level = query.get('level') === 'district' ? 'district' : 'khoroo';
  return {
    measure: oneOf(query.get('measure'), choices.measures) ?? choices.measures[0] ?? '',
    cycle: oneOf(query.get('cycle'), choices.cycles) ?? choices.defaultCycle,
    level,
    selected: codeOf(query.get('select'), level),
    table: query.get('view') === 'table',
    order: query.get('order') === 'value' ? 'value' : 'place',
    camera: readCamera(hash),
  };
}

/** The query (with its `?`, or empty) and hash of a view; foreign parameters of `search` are kept. */
export function writeView(view: View, search: string, choices: Choices): { search: string; hash: string } {
  const query = new URLSearchParams(search);
  for (const name of OWN_PARAMETERS) query.delete(name);
  if (view.measure !== choices.measures[0]) query.set('measure', view.measure);
  if (view.cycle !== choices.defaultCycle) query.set('cycle', view.cycle);
  if (view.level !== 'khoroo') query.set('level', view.level);
  if (view.selected !== null) query.set('select', view.selected);
  if (view.table) query.set('view', 'table');
  if (view.order !== 'place') query.set('order', view.order);
  const text = query.toString();
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

function oneOf(value: string | null, allowed: readonly string[]): string | null {
  return value !== null && allowed.includes(value) ? value : null;
}

function codeOf(value: string | null, level: Level): string | null {
  if (value === null || !CODE.test(value)) return null;
  return value.includes('-') === (level === 'khoroo') ? value : null;
}
