// Tiles that did not come: which of them leave holes in what is seen, and how they are asked for again.
//
// One that has failed counts until it comes, but only where it is in view: elsewhere nobody misses it, and MapLibre
// asks for it anew on the way there.

import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl';

type Tile = { x: number; y: number; z: number };

/** What MapLibre adds to the events of a tile. */
interface TileEvent {
  sourceId?: string;
  /** Without `latestFeatureIndex` there is nothing in it. */
  tile?: { tileID: { canonical: Tile }; state: string; latestFeatureIndex?: object | null };
}

export interface MissingTiles {
  /** Nothing that these sources should show in this view is missing. */
  areWhole(sources: readonly string[]): boolean;
  /** Asks for what is missing of these sources once more. */
  reload(sources: readonly string[]): void;
}

/** What of the map is needed for that. */
export type TiledMap = Pick<MapLibre, 'coveringTiles' | 'getSource' | 'on' | 'refreshTiles'>;

export interface MissingTilesOptions {
  /** Source whose tiles nobody misses. */
  apart: string;
  /** Something did not come. */
  onMissing(): void;
}

export function watchTiles(map: TiledMap, { apart, onMissing }: MissingTilesOptions): MissingTiles {
  const missing = new Map<string, Map<string, Tile>>();
  /** An error that is none of a tile, until all is asked for again. */
  let isBroken = false;

  const keyOf = ({ x, y, z }: Tile): string => `${z}/${x}/${y}`;

  map.on('error', (event) => {
    const { sourceId, tile } = event as TileEvent;
    if (sourceId === apart) return;
    if (sourceId !== undefined && tile) {
      const { canonical } = tile.tileID;
      missing.set(sourceId, new Map(missing.get(sourceId)).set(keyOf(canonical), canonical));
    } else {
      isBroken = true;
    }
    onMissing();
  });
  map.on('sourcedata', (event) => {
    const { sourceId, tile } = event as TileEvent;
    // What was under way when a tile failed can be told of after it; and one that is only drawn anew, as its colours
    // change, while it is fetched again, is loaded and bare.
    const hasCome = tile?.state === 'loaded' && Boolean(tile.latestFeatureIndex);
    if (sourceId !== undefined && tile && hasCome) missing.get(sourceId)?.delete(keyOf(tile.tileID.canonical));
  });

  function isWhole(id: string): boolean {
    const own = missing.get(id);
    const source = map.getSource<VectorTileSource>(id);
    if (!own || own.size === 0 || !source) return true;
    const { tileSize, minzoom, maxzoom } = source;
    return !map.coveringTiles({ tileSize, minzoom, maxzoom }).some(({ canonical }) => own.has(keyOf(canonical)));
  }

  return {
    areWhole: (sources) => !isBroken && sources.every(isWhole),
    reload(sources) {
      isBroken = false;
      // Named one by one: told to load a whole source again, MapLibre waits for ever for failed tiles.
      for (const id of sources) {
        const tiles = [...(missing.get(id)?.values() ?? [])];
        if (tiles.length > 0) map.refreshTiles(id, tiles);
      }
    },
  };
}
