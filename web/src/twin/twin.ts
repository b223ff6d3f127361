// The viewer in a static twin: a folder of files that no service stands behind (`src/twin` writes it).
//
// What the viewer asks of the service is a file, under the name that its address becomes; what a file cannot answer is
// worked out here: the search in a list, tiles out of archives, the khoroo at a place by its lines. Plans, most pictures
// and code for other sites are not offered.

import '../css/paper.css';
import { type Api, ApiError, createApi } from '../api';
import type { Config } from '../config';
import type { Messages } from '../i18n';
import { startViewer } from '../viewer';
import { type Archive, NoRangesError, openArchive } from './archive';
import { find } from './find/find';
import type { FindableList } from './find/findable';
import { khorooAt, nearestKhoroo, type Spot, spotOf, spotsIn } from './ground';
import { followLinks } from './links';
import { fileOf, pictureOf } from './names';
import { createPaper } from './paper';

const NO_RANGES = {
  mn: 'Энэ вэб сервер файлын хэсгийг (HTTP Range) өгдөггүй тул газрын зургийн хэсгүүд ирсэнгүй. Тэнцүү нүдтэй зураг, хүснэгт ажиллана.',
  en: 'This web server does not answer parts of files (HTTP ranges), so the tiles of the map did not come. Equal cells and the table work.',
};

/** Of the tiles by whose lines distances are measured: steps of 6 m, in a dozen or two of tiles. */
const OUTSIDE_ZOOM = 10;

export function startTwin(root: HTMLElement, told: Config, messages: Messages): void {
  // The folder may lie anywhere: its place is known from that of the page.
  const base = new URL(told.base, location.href).pathname.replace(/\/$/, '');
  const config = { ...told, base };
  const bands = [...root.querySelectorAll('[data-copy]')].map((note) => note.cloneNode(true) as Element);
  let isSaid = false;
  const api = createTwinApi(config, () => {
    if (isSaid) return;
    isSaid = true;
    const band = document.createElement('p');
    Object.assign(band, { className: 'notice', textContent: NO_RANGES[config.lang] });
    band.setAttribute('role', 'alert');
    band.dataset.ranges = 'none';
    root.querySelector('.live header')?.append(band);
  });
  startViewer(root, config, messages, api);
  root.querySelector('.live header')?.append(...bands);
  const note = document.createElement('p');
  Object.assign(note, { className: 'print-note', textContent: bands.map((band) => band.querySelector('span')?.textContent ?? '').join(' ') });
  document.body.append(note);
  keepView(bands);
  followLinks(root, base);
}

/** The way to the live site leads to what is shown. */
function keepView(bands: readonly Element[]): void {
  const links = bands.flatMap((band) => [...band.querySelectorAll('a')]);
  for (const link of links) {
    for (const way of ['pointerover', 'focus', 'click'] as const) link.addEventListener(way, () => { link.search = location.search; });
  }
}

function createTwinApi({ base, lang }: Config, onNoRanges: () => void): Api {
  const api = createApi(base, (address) => `/${fileOf(address)}`);
  const archives = new Map<string, Archive>();
  const tilesOf = (name: string): string => `pmtiles://${location.origin}${base}/tiles/${name}.pmtiles`;
  const lost = (what: string, cause?: unknown): ApiError =>
    Object.assign(new ApiError(0, 'unreachable', `no answer from ${what}`), { cause });
  let findable: Promise<FindableList> | null = null;
  let protocol: Promise<void> | null = null;

  async function list(): Promise<FindableList> {
    const response = await fetch(`${base}/search/${lang}.json`);
    if (!response.ok) throw lost('the list of what can be found');
    return (await response.json()) as FindableList;
  }

  /** `url` as in the description of tiles; no bytes where nothing is. */
  async function tile(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const [, file, z, x, y] = /^pmtiles:\/\/(.*)\/(\d+)\/(\d+)\/(\d+)$/.exec(url) ?? [];
    if (file === undefined) throw lost(url);
    const archive = archives.get(file) ?? openArchive(file);
    archives.set(file, archive);
    try {
      return (await archive.tile(Number(z), Number(x), Number(y), signal)) ?? new Uint8Array();
    } catch (cause) {
      if (signal.aborted) throw cause;
      if (cause instanceof NoRangesError) onNoRanges();
      throw lost(file, cause);
    }
  }

  /** A host without ranges is told of once; asking again would not help. */
  async function tileOrNone(url: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await tile(url, signal);
    } catch (error) {
      if (error instanceof ApiError && error.cause instanceof NoRangesError) return new Uint8Array();
      throw error;
    }
  }

  function pictureAt(path: string): string | null {
    const file = pictureOf(path);
    return file && `${base}/${file}`;
  }

  return {
    ...api,
    tile: tileOrNone,
    async tileSet(name, signal) {
      const described = await api.tileSet(name, signal);
      protocol ??= import('./protocol').then(({ giveTiles }) => giveTiles(tileOrNone));
      await protocol;
      return { ...described, tiles: [`${tilesOf(name)}/{z}/{x}/{y}`] };
    },
    async search(words, _lang, scope, signal) {
      try {
        findable ??= list();
        return find(await findable, words, scope);
      } catch (cause) {
        findable = null;
        if (signal.aborted || cause instanceof ApiError) throw cause;
        throw lost('the list of what can be found');
      }
    },
    async khorooAt(lon, lat, vintage, signal) {
      const name = `boundaries-${vintage}`;
      const { maxzoom, bounds } = await api.tileSet(name, signal);
      const spot = spotOf(lon, lat, maxzoom);
      const bytesOf = (z: number, { column, row }: Pick<Spot, 'column' | 'row'>) => tile(`${tilesOf(name)}/${z}/${column}/${row}`, signal);
      const code = khorooAt(await bytesOf(maxzoom, spot), spot);
      if (code !== null) return { ...(await api.place(code, vintage, 'khoroo', signal)), distance_m: 0 };
      if (bounds === undefined) return null;
      const z = Math.min(OUTSIDE_ZOOM, maxzoom);
      const tiles = await Promise.all(spotsIn(bounds, z).map(async (at) => ({ ...at, bytes: await bytesOf(z, at) })));
      const nearest = nearestKhoroo(tiles, z, lon, lat);
      return nearest && { ...(await api.place(nearest.code, vintage, 'khoroo', signal)), distance_m: nearest.distance_m };
    },
    pictureAt,
    paper: (stage, onPaper) => createPaper(stage, { picture: api.picture, pictureAt, onPaper }),
    // A copy does not change: there is nothing newer to wait for.
    revision: once(api.revision),
    isCurrent: () => Promise.resolve(true),
  };
}

function once<T>(ask: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let known: Promise<T> | null = null;
  return (signal) => {
    known ??= ask(signal);
    known.catch(() => { known = null; });
    return known;
  };
}
