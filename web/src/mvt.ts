// Polygons of one layer of one vector tile, for the small frames that are drawn as SVG.
//
// MapLibre keeps its decoder to itself, and a library would weigh more than this. Only what our own
// tiles use is read: polygon layers with numeric ids and text properties.
//
// Source: Mapbox Vector Tile 2.1, sections 4.1 to 4.4; Protocol Buffers wire format.

export interface TilePolygon {
  id: number;
  /** Text properties by name. */
  properties: ReadonlyMap<string, string>;
  /** Rings as an SVG path, in the tile's own units: 4096 to a side, y to the south. */
  path: string;
}

/** Units to a tile's side where the tile does not say otherwise. */
export const TILE_EXTENT = 4096;

/** Wire types of Protocol Buffers. */
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

const LAYER = 3;
const POLYGON = 3;
const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE = 7;

const utf8 = new TextDecoder();

/** Reads the layer `name`; none where the tile has no such layer. Throws `RangeError` on broken bytes. */
export function readPolygons(bytes: Uint8Array, name: string): TilePolygon[] {
  for (const { field, value } of fields(bytes)) {
    if (field !== LAYER || typeof value === 'number') continue;
    const layer = readLayer(value);
    if (layer.name === name) return layer.features.flatMap((feature) => readFeature(feature, layer) ?? []);
  }
  return [];
}

interface LayerParts {
  name: string;
  features: Uint8Array[];
  keys: string[];
  /** `null` for what is no text. */
  values: (string | null)[];
}

function readLayer(bytes: Uint8Array): LayerParts {
  const layer: LayerParts = { name: '', features: [], keys: [], values: [] };
  for (const { field, value } of fields(bytes)) {
    if (typeof value === 'number') continue;
    if (field === 1) layer.name = utf8.decode(value);
    if (field === 2) layer.features.push(value);
    if (field === 3) layer.keys.push(utf8.decode(value));
    if (field === 4) layer.values.push(readText(value));
  }
  return layer;
}

function readText(bytes: Uint8Array): string | null {
  for (const { field, value } of fields(bytes)) if (field === 1 && typeof value !== 'number') return utf8.decode(value);
  return null;
}

function readFeature(bytes: Uint8Array, { keys, values }: LayerParts): TilePolygon | null {
  let id = 0;
  let type = 0;
  let path = '';
  const properties = new Map<string, string>();
  for (const { field, value } of fields(bytes)) {
    if (typeof value === 'number') {
      if (field === 1) id = value;
      if (field === 3) type = value;
    } else if (field === 2) {
      const tags = [...varints(value)];
      for (let idx = 0; idx + 1 < tags.length; idx += 2) {
        const [key, text] = [keys[tags[idx]!], values[tags[idx + 1]!]];
        if (key !== undefined && typeof text === 'string') properties.set(key, text);
      }
    } else if (field === 4) {
      path = readPath(value);
    }
  }
  return type === POLYGON ? { id, properties, path } : null;
}

function readPath(bytes: Uint8Array): string {
  const path: string[] = [];
  const numbers = varints(bytes);
  let [x, y] = [0, 0];
  for (let next = numbers.next(); !next.done; next = numbers.next()) {
    const [command, n_times] = [next.value & 7, next.value >>> 3];
    if (command === CLOSE) {
      path.push('Z');
      continue;
    }
    if (command !== MOVE_TO && command !== LINE_TO) throw new RangeError(`unknown command ${command} in a tile`);
    for (let n_done = 0; n_done < n_times; n_done += 1) {
      x += zigzag(numbers.next().value ?? 0);
      y += zigzag(numbers.next().value ?? 0);
      path.push(`${command === MOVE_TO ? 'M' : 'L'}${x} ${y}`);
    }
  }
  return path.join('');
}

function zigzag(number: number): number {
  return (number >>> 1) ^ -(number & 1);
}

/** The fields of a message: numbers as they are, everything of a length as its bytes. */
function* fields(bytes: Uint8Array): Generator<{ field: number; value: number | Uint8Array }> {
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) {
    const key = varint(reader);
    const [field, type] = [Math.floor(key / 8), key & 7];
    if (type === VARINT) {
      yield { field, value: varint(reader) };
    } else if (type === BYTES) {
      const length = varint(reader);
      const end = reader.at + length;
      if (end > bytes.length) throw new RangeError(`a tile ends inside field ${field}`);
      yield { field, value: bytes.subarray(reader.at, end) };
      reader.at = end;
    } else if (type === FIXED_32 || type === FIXED_64) {
      reader.at += type === FIXED_32 ? 4 : 8;
    } else {
      throw new RangeError(`unknown wire type ${type} in a tile`);
    }
  }
}

function* varints(bytes: Uint8Array): Generator<number, undefined> {
  const reader = { bytes, at: 0 };
  while (reader.at < bytes.length) yield varint(reader);
  return undefined;
}

/** Numbers up to 2^53 − 1, which ids and lengths stay below. */
function varint(reader: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = reader.bytes[reader.at];
    if (byte === undefined) throw new RangeError('a tile ends inside a number');
    reader.at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
}
