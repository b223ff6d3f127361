// Tiles out of a PMTiles archive on a web server, by ranges of bytes.
//
// A host that answers with the whole file instead is read so, once, where that is little; where it is much, nothing is
// read, and the visitor is told why there is no map.
//
// Source: PMTiles version 3; of its packings gzip, which `src/pmtiles` writes.

/** The host answers no ranges, and the archive is too large to be fetched whole. */
export class NoRangesError extends Error {
  override name = 'NoRangesError';
}

export interface Archive {
  /** `null` where nothing is. */
  tile(z: number, x: number, y: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null>;
}

/** With the first request come header and root directory. */
const HEAD_BYTES = 16_384;
/** Larger archives are not fetched whole. */
const WHOLE_BYTES_MAX = 24 << 20;
/** Directories within directories. */
const DEPTH_MAX = 4;

type Bytes = Uint8Array<ArrayBuffer>;

interface Entry {
  id: number;
  /** Tiles from `id` on that are this one; 0 where it leads to another directory. */
  run: number;
  length: number;
  offset: number;
}

interface Head {
  root: readonly Entry[];
  leaves: number;
  tiles: number;
  zooms: [number, number];
}

export function openArchive(url: string): Archive {
  let whole: Promise<Bytes> | null = null;
  let head: Promise<Head> | null = null;
  const leaves = new Map<number, Promise<Entry[]>>();

  async function read(offset: number, length: number, signal: AbortSignal | null): Promise<Bytes> {
    if (whole) return (await whole).subarray(offset, offset + length);
    const response = await fetch(url, { signal, headers: { range: `bytes=${offset}-${offset + length - 1}` } });
    if (response.status === 206) return new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw new Error(`status ${response.status} from ${url}`);
    whole ??= all(response);
    return (await whole).subarray(offset, offset + length);
  }

  async function readHead(): Promise<Head> {
    const bytes = await read(0, HEAD_BYTES, null);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const number = (at: number): number => Number(view.getBigUint64(at, true));
    if (String.fromCharCode(...bytes.subarray(0, 7)) !== 'PMTiles' || bytes[7] !== 3) throw new Error(`no PMTiles at ${url}`);
    const [at, length] = [number(8), number(16)];
    const packed = at + length <= bytes.length ? bytes.subarray(at, at + length) : await read(at, length, null);
    return { root: entries(await unpacked(packed)), leaves: number(40), tiles: number(56), zooms: [view.getUint8(100), view.getUint8(101)] };
  }

  function leafAt(offset: number, length: number): Promise<Entry[]> {
    let leaf = leaves.get(offset);
    if (!leaf) {
      leaf = read(offset, length, null).then(unpacked).then(entries);
      leaves.set(offset, leaf);
    }
    return leaf;
  }

  async function find(z: number, x: number, y: number, signal: AbortSignal): Promise<Bytes | null> {
    head ??= readHead();
    const { root, leaves: leavesAt, tiles, zooms } = await head;
    if (z < zooms[0] || z > zooms[1]) return null;
    const id = tileId(z, x, y);
    let directory: readonly Entry[] = root;
    for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
      const entry = entryOf(directory, id);
      if (entry === undefined) return null;
      if (entry.run > 0) return id < entry.id + entry.run ? unpacked(await read(tiles + entry.offset, entry.length, signal)) : null;
      directory = await leafAt(leavesAt + entry.offset, entry.length);
    }
    return null;
  }

  return {
    async tile(z, x, y, signal) {
      try {
        return await find(z, x, y, signal);
      } catch (cause) {
        // What failed is asked for anew, from the beginning: the archive may be another one by now.
        if (!signal.aborted && !(cause instanceof NoRangesError)) {
          head = whole = null;
          leaves.clear();
        }
        throw cause;
      }
    },
  };
}

/** The last one at or before `id`. */
function entryOf(directory: readonly Entry[], id: number): Entry | undefined {
  let [low, high] = [0, directory.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directory[middle]?.id ?? 0) <= id) low = middle + 1;
    else high = middle;
  }
  return directory[low - 1];
}

async function all(response: Response): Promise<Bytes> {
  const reader = response.body?.getReader();
  const parts: Bytes[] = [];
  let n_bytes = Number(response.headers.get('content-length') ?? 0);
  const refuse = async (): Promise<never> => {
    await reader?.cancel();
    throw new NoRangesError(`no ranges of ${response.url}`);
  };
  if (!reader || n_bytes > WHOLE_BYTES_MAX) return refuse();
  n_bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    n_bytes += next.value.length;
    if (n_bytes > WHOLE_BYTES_MAX) return refuse();
    parts.push(next.value as Bytes);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function unpacked(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads a directory: its numbers of entries, steps of ids, runs, lengths, offsets. */
export function entries(bytes: Uint8Array): Entry[] {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at];
      if (byte === undefined) throw new RangeError('a directory ends inside a number');
      at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const n_entries = next();
  // Each takes four bytes at least.
  if (n_entries * 4 > bytes.length) throw new RangeError('a directory promises more than it holds');
  const all: Entry[] = [];
  let id = 0;
  for (let idx = 0; idx < n_entries; idx += 1) all.push({ id: (id += next()), run: 0, length: 0, offset: 0 });
  for (const entry of all) entry.run = next();
  for (const entry of all) entry.length = next();
  let end = 0;
  for (const [idx, entry] of all.entries()) {
    const said = next();
    entry.offset = said === 0 && idx > 0 ? end : said - 1;
    end = entry.offset + entry.length;
  }
  return all;
}

/** Number of a tile along the curve of Hilbert, after those of all zooms before. */
export function tileId(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3;
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const [right, below] = [(x & side) > 0 ? 1 : 0, (y & side) > 0 ? 1 : 0];
    id += side * side * ((3 * right) ^ below);
    if (below === 0) {
      if (right === 1) [x, y] = [side - 1 - x, side - 1 - y];
      [x, y] = [y, x];
    }
  }
  return id;
}
