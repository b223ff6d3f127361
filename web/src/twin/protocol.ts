// Tiles of archives for MapLibre, under addresses that begin with `pmtiles://`. Loaded with the map alone.

import { addProtocol } from 'maplibre-gl';

export function giveTiles(read: (url: string, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>): void {
  addProtocol('pmtiles', async ({ url }, { signal }) => {
    const bytes = await read(url, signal);
    return { data: bytes.slice().buffer };
  });
}
