// The map: the only file that knows MapLibre is there.
//
// It holds one source and one stack of layers a vintage, paints units by feature-state, and tells of
// hover, choice and camera in the viewer's own terms (feature ids, degrees). It never asks for values
// and does not know what a measure is.
//
// Loaded on demand, after title and legend stand, because MapLibre outweighs all else here.

import 'maplibre-gl/dist/maplibre-gl.css';
import {
  type AllPaintProperties,
  type LngLatBoundsLike,
  Map as MapLibre,
  ScaleControl,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { TileSet } from './api';
import type { Lang, Messages } from './i18n';
import type { Camera, Level } from './state';
import { hatch } from './style/hatch';
import {
  baseStyle,
  BELOW_BORDERS,
  borderLayers,
  CONTEXT_SOURCE,
  contextLayers,
  fillLayers,
  HATCH_IMAGE,
  labelLayers,
  layerId,
  onlyUnit,
  sourceId,
} from './style/layers';
import type { MapTheme } from './style/theme';

/** west, south, east, north, in degrees. */
export type Box = [number, number, number, number];

/** How one unit is painted. */
export interface Paint {
  /** Colour of its class, `#rrggbb`; `null` leaves the ground. */
  fill: string | null;
  /** Colour of its name. */
  ink: string | null;
  /** True where the fill is too pale to end by itself: zero, and "no data". */
  outline: boolean;
  /** True for "no data". */
  hatch: boolean;
}

/** What the map shows, all of it: the map works out the difference to what it shows now. */
export interface Scene {
  vintage: string;
  level: Level;
  paints: ReadonlyMap<number, Paint>;
  /** Feature id of the outlined unit. */
  selected: number | null;
}

export interface MapOptions {
  lang: Lang;
  messages: Messages;
  theme: MapTheme;
  /** Where to start: a camera, or a box to fit. */
  start: Camera | Box;
  onChoose(id: number | null): void;
  /** `point` is in CSS pixels from the map's upper left corner. */
  onHover(id: number | null, point: { x: number; y: number }): void;
  onMove(camera: Camera): void;
  /** Everything asked for is drawn. */
  onIdle(): void;
  onError(error: Error): void;
}

export interface MapHandle {
  /** Gives a vintage its tiles; again with others after the lines changed. */
  setTiles(vintage: string, tiles: TileSet): void;
  /** True once a vintage has its tiles. */
  has(vintage: string): boolean;
  setContext(tiles: TileSet): void;
  /** Asks again for the tiles of a vintage, after some did not come. */
  reload(vintage: string): void;
  setTheme(theme: MapTheme): void;
  show(scene: Scene): void;
  moveTo(camera: Camera): void;
  /** Brings a box into view; `wished` false where nobody asked, so that no camera is reported. */
  fit(box: Box, wished?: boolean): void;
  zoomBy(levels: number): void;
  /** Moves the view by a share of its size: `panBy(0, -0.25)` looks a quarter further north. */
  panBy(x: number, y: number): void;
  resize(): void;
  destroy(): void;
  /** MapLibre's own object, for tests. */
  readonly map: MapLibre;
}

/** The browser cannot draw: WebGL 2 is missing or switched off. */
export class NoWebglError extends Error {
  override name = 'NoWebglError';
}

const ZOOM_MIN = 6;
const ZOOM_MAX = 17;
const MOTION_MS = 200;
const FIT_PADDING_PX = 24;
/** Fitting one small khoroo stops here, so that its neighbours stay in sight. */
const FIT_ZOOM_MAX = 14;

export async function createMap(root: HTMLElement, options: MapOptions): Promise<MapHandle> {
  let { theme } = options;
  setWorkerUrl(new URL(workerUrl, import.meta.url).href);
  const map = construct(root, options);
  // Without a first load MapLibre refuses sources and layers.
  await new Promise<void>((resolve) => map.once('style.load', () => resolve()));
  map.addImage(HATCH_IMAGE, hatchOf(theme), { pixelRatio: 2 });

  const painted = new Map<string, ReadonlyMap<number, Paint>>();
  const known = new Set<string>();
  /** Tiles that did not come, by source. */
  const failed = new Map<string, { x: number; y: number; z: number }[]>();
  let scene: Scene | null = null;
  let hovered: number | null = null;

  const layerOf = (s: Scene): string => (s.level === 'khoroo' ? 'khoroos' : 'districts');
  const target = (s: Scene, id: number) => ({ source: sourceId(s.vintage), sourceLayer: layerOf(s), id });

  function idAt(point: { x: number; y: number }): number | null {
    if (!scene) return null;
    const layer = layerId(`${layerOf(scene)}-fill`, scene.vintage);
    if (!map.getLayer(layer)) return null;
    const [feature] = map.queryRenderedFeatures([point.x, point.y], { layers: [layer] });
    return typeof feature?.id === 'number' ? feature.id : null;
  }

  function setHovered(id: number | null): void {
    if (!scene || id === hovered) return;
    if (hovered !== null) map.setFeatureState(target(scene, hovered), { hover: false });
    if (id !== null) map.setFeatureState(target(scene, id), { hover: true });
    hovered = id;
    map.getCanvas().style.cursor = id === null ? '' : 'pointer';
  }

  map.on('mousemove', (event) => {
    setHovered(idAt(event.point));
    options.onHover(hovered, event.point);
  });
  map.on('mouseout', (event) => {
    setHovered(null);
    options.onHover(null, event.point);
  });
  map.on('click', (event) => options.onChoose(idAt(event.point)));
  map.on('moveend', (event) => {
    // Fitting at the start or on resize is not the visitor's wish.
    if ('originalEvent' in event || 'wished' in event) options.onMove(cameraOf(map));
  });
  map.on('idle', () => options.onIdle());
  map.on('error', (event) => {
    const { sourceId: source, tile } = event as { sourceId?: string; tile?: FailedTile };
    if (source !== undefined && tile) failed.set(source, [...(failed.get(source) ?? []), tile.tileID.canonical]);
    options.onError(new Error(event.error.message));
  });

  function showVintage(vintage: string, level: Level, visible: boolean): void {
    for (const layer of map.getStyle().layers) {
      if (!layer.id.endsWith(`:${vintage}`)) continue;
      const on = visible && belongsTo(layer.id, level);
      const now = map.getLayoutProperty(layer.id, 'visibility') !== 'none';
      if (on !== now) map.setLayoutProperty(layer.id, 'visibility', on ? 'visible' : 'none');
    }
  }

  function paint(next: Scene): void {
    const key = `${next.vintage}/${next.level}`;
    const before = painted.get(key) ?? new Map<number, Paint>();
    const names = next.level === 'khoroo' ? 'khoroo_labels' : 'district_labels';
    for (const [id, now] of next.paints) {
      const old = before.get(id);
      const { fill, ink, outline, hatch: hatched } = now;
      if (old?.fill === fill && old.hatch === hatched && old.outline === outline && old.ink === ink) continue;
      map.setFeatureState(target(next, id), { fill, outline, hatch: hatched });
      map.setFeatureState({ ...target(next, id), sourceLayer: names }, { fill, ink });
    }
    for (const id of before.keys()) {
      if (next.paints.has(id)) continue;
      map.removeFeatureState(target(next, id));
      map.removeFeatureState({ ...target(next, id), sourceLayer: names });
    }
    painted.set(key, next.paints);
    if (next.level === 'khoroo' && painted.delete(`${next.vintage}/district`)) {
      // Among khoroos a district's name lies on fills of many colours.
      map.removeFeatureState({ source: sourceId(next.vintage), sourceLayer: 'district_labels' });
      map.removeFeatureState({ source: sourceId(next.vintage), sourceLayer: 'districts' });
    }
  }

  const moved = { wished: true };
  /** Addresses last given to each source; a source that is still loading has none of its own. */
  const given = new Map<string, string>();
  const handle: MapHandle = {
    map,
    setTiles(vintage, tiles) {
      const id = sourceId(vintage);
      const source = map.getSource<VectorTileSource>(id);
      const before = given.get(id);
      given.set(id, tiles.tiles.join());
      if (source) {
        if (before !== given.get(id)) source.setTiles(tiles.tiles);
        return;
      }
      map.addSource(id, { type: 'vector', ...pick(tiles) });
      known.add(vintage);
      for (const layer of fillLayers(vintage, theme)) map.addLayer(layer, firstContextLayer(map));
      for (const layer of borderLayers(vintage, theme)) map.addLayer(layer);
      for (const layer of labelLayers(vintage, options.lang, theme)) map.addLayer(layer);
      showVintage(vintage, 'khoroo', false);
    },
    has: (vintage) => known.has(vintage),
    setContext(tiles) {
      if (map.getSource(CONTEXT_SOURCE)) return;
      map.addSource(CONTEXT_SOURCE, { type: 'vector', ...pick(tiles) });
      for (const layer of contextLayers(theme)) map.addLayer(layer, BELOW_BORDERS);
    },
    reload(vintage) {
      // Named one by one: told to load a whole source again, MapLibre waits for ever for failed tiles.
      const tiles = failed.get(sourceId(vintage)) ?? [];
      failed.delete(sourceId(vintage));
      if (tiles.length > 0) map.refreshTiles(sourceId(vintage), tiles);
    },
    setTheme(next) {
      theme = next;
      map.updateImage(HATCH_IMAGE, hatchOf(theme));
      const layers = [
        ...baseStyle(theme).layers,
        ...contextLayers(theme),
        ...[...known].flatMap((vintage) => [
          ...fillLayers(vintage, theme),
          ...borderLayers(vintage, theme),
          ...labelLayers(vintage, options.lang, theme),
        ]),
      ];
      for (const { id, paint } of layers.filter((layer) => map.getLayer(layer.id))) {
        for (const [property, value] of Object.entries(paint ?? {})) map.setPaintProperty(id, property as keyof AllPaintProperties, value);
      }
    },
    show(next) {
      setHovered(null);
      const before = scene;
      scene = next;
      paint(next);
      if (before?.vintage !== next.vintage || before.level !== next.level) {
        for (const vintage of known) showVintage(vintage, next.level, vintage === next.vintage);
      }
      if (before?.selected !== next.selected || before.level !== next.level || before.vintage !== next.vintage) {
        for (const units of ['khoroos', 'districts']) {
          const filter = onlyUnit(units === layerOf(next) ? next.selected : null);
          for (const part of ['selected-halo', 'selected']) {
            map.setFilter(layerId(`${units}-${part}`, next.vintage), filter);
          }
        }
      }
    },
    moveTo(camera) {
      map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
    },
    fit(box, wished = true) {
      const move = { ...FIT, duration: wished ? MOTION_MS : 0, linear: true };
      map.fitBounds(box as LngLatBoundsLike, move, wished ? moved : {});
    },
    zoomBy(levels) {
      map.zoomTo(map.getZoom() + levels, { duration: MOTION_MS }, moved);
    },
    panBy(x, y) {
      const { clientWidth, clientHeight } = map.getContainer();
      map.panBy([x * clientWidth, y * clientHeight], { duration: MOTION_MS }, moved);
    },
    resize: () => map.resize(),
    destroy: () => map.remove(),
  };
  return handle;
}

/** What MapLibre adds to the error of a tile. */
interface FailedTile {
  tileID: { canonical: { x: number; y: number; z: number } };
}

const FIT = { padding: FIT_PADDING_PX, maxZoom: FIT_ZOOM_MAX };

function construct(root: HTMLElement, { start, messages, theme }: MapOptions): MapLibre {
  const place = Array.isArray(start)
    ? { bounds: start as LngLatBoundsLike, fitBoundsOptions: FIT }
    : { center: [start.lon, start.lat] as [number, number], zoom: start.zoom };
  let map: MapLibre;
  try {
    map = new MapLibre({
      container: root,
      style: baseStyle(theme),
      ...place,
      minZoom: ZOOM_MIN,
      maxZoom: ZOOM_MAX,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      attributionControl: false,
      // Tiles' addresses carry their content's hash; what is in hand stays good.
      refreshExpiredTiles: false,
      fadeDuration: 0,
      locale: {
        'Map.Title': messages.mapLabel,
        'ScaleControl.Meters': messages.metres,
        'ScaleControl.Kilometers': messages.kilometres,
      },
    });
  } catch (cause) {
    throw new NoWebglError('the map cannot be drawn', { cause });
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 96 }), 'bottom-left');
  return map;
}

function pick({ tiles, minzoom, maxzoom, bounds }: TileSet): Omit<TileSet, 'bounds'> & { bounds?: Box } {
  return { tiles, minzoom, maxzoom, ...(bounds ? { bounds } : {}) };
}

function hatchOf(theme: MapTheme) {
  return hatch(theme.hatch, 12, 2);
}

function cameraOf(map: MapLibre): Camera {
  const { lng, lat } = map.getCenter();
  return { zoom: map.getZoom(), lat, lon: lng };
}

/** Fills go under rivers and roads once these are there. */
function firstContextLayer(map: MapLibre): string {
  return map.getStyle().layers.find((layer) => layer.id.startsWith('context-'))?.id ?? BELOW_BORDERS;
}

/** Khoroos' own layers are hidden while districts are shown, and the other way round. */
function belongsTo(layer: string, level: Level): boolean {
  if (layer.startsWith('khoroo')) return level === 'khoroo';
  if (layer.startsWith('districts-')) return level === 'district';
  return true;
}
