// The map: with its painter the only file that knows MapLibre is there.
//
// It holds one source and one stack of layers a vintage, paints units by feature-state, and tells of
// hover, choice and camera in the viewer's own terms (feature ids, degrees). It never asks for values
// and does not know what a measure is.
//
// Loaded on demand, because MapLibre outweighs all else here.

import 'maplibre-gl/dist/maplibre-gl.css';
import {
  type AllPaintProperties,
  type LayerSpecification,
  type LngLatBoundsLike,
  Map as MapLibre,
  prewarm,
  ScaleControl,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Box, TileSet } from './api';
import { showContext } from './map_context';
import { createLook, FIT, type Look } from './map_look';
import { followLetters } from './map_letters';
import { createMarks, type MarkedPlace } from './map_mark';
import { createNames, type NamedView, type NamesOptions } from './map_names';
import { createPainter } from './map_painter';
import { followPointer, type PointerOptions } from './map_pointer';
import { watchTiles } from './map_tiles';
import { createUnitLayers, setVisible } from './map_units';
import type { Paints } from './paint';
import type { Camera } from './state';
import { arrow } from './style/arrow';
import { hatch } from './style/hatch';
import {
  baseStyle,
  CONTEXT_SOURCE,
  DISTRICT_NAMES,
  districtNameLayer,
  HATCH_IMAGE,
  layerId,
  sourceId,
} from './style/layers';
import {
  ARROW_IMAGE,
  EMPTY_IMAGE,
  isShown,
  type RecordChoice,
  recordFilter,
  recordLayers,
  recordSource,
  strengthOf,
} from './style/records';
import type { MapTheme } from './style/theme';

/** What the map shows, all of it: the map works out the difference to what it shows now. */
export interface Scene extends NamedView {
  paints: Paints;
  /** Feature id of the outlined unit. */
  selected: number | null;
  records: RecordChoice;
  /** Places that are marked. */
  marks: readonly MarkedPlace[];
}

export interface MapOptions extends Pick<NamesOptions, 'covered'>, Omit<PointerOptions, 'ground'> {
  theme: MapTheme;
  /** Where to start: a camera, or a box to fit. */
  start: Camera | Box;
  /** Code of the district that is shown alone. */
  district: string | null;
  /** In a frame on another site: the wheel and one finger belong to the page around. */
  isGuest: boolean;
  onMove(camera: Camera): void;
  /** The box that is seen, whenever it has changed. */
  onView(box: Box): void;
  /** Everything asked for is drawn; not `isWhole` with holes of tiles that did not come. */
  onIdle(isWhole: boolean): void;
  /** Tiles of what is seen did not come. */
  onHoles(): void;
}

export interface MapHandle extends Look {
  /** Gives a vintage its tiles; again with others after the lines changed. */
  setTiles(vintage: string, tiles: TileSet): void;
  /** True once a vintage has its tiles. */
  has(vintage: string): boolean;
  /** Gives a vintage the tiles of its practices and replications. */
  setRecords(vintage: string, tiles: TileSet): void;
  hasRecords(vintage: string): boolean;
  /** Layers for orientation; again with others of the same ids in another theme. */
  setContext(tiles: TileSet, layers: readonly LayerSpecification[]): void;
  /** Asks again for the tiles of a vintage, after some did not come. */
  reload(vintage: string): void;
  setTheme(theme: MapTheme): void;
  show(scene: Scene): void;
  hover(id: number | null): void;
  resize(): void;
  /** Names make room for what lies on the map by now. */
  settle(): void;
  destroy(): void;
  /** MapLibre's own object, for tests. */
  readonly map: MapLibre;
}

declare global {
  interface HTMLElement {
    /** For tests: MapLibre's map, once it stands. */
    hlpMap?: MapHandle['map'];
  }
}

/** The browser cannot draw: WebGL 2 is missing or switched off. */
export class NoWebglError extends Error {
  override name = 'NoWebglError';
}

const ZOOM_MIN = 6;
const ZOOM_MAX = 17;
const IMAGE_SCALE = { pixelRatio: 2 };

// The worker starts while the main thread still waits for the graphics processor.
setWorkerUrl(new URL(workerUrl, import.meta.url).href);
prewarm();

export async function createMap(root: HTMLElement, options: MapOptions): Promise<MapHandle> {
  let { theme } = options;
  const map = construct(root, options);
  // Without a first load MapLibre refuses sources and layers.
  await new Promise<void>((resolve) => map.once('style.load', () => resolve()));
  map.addImage(HATCH_IMAGE, hatch(theme.hatch, 12, 2), IMAGE_SCALE);
  map.addImage(ARROW_IMAGE, arrow(theme.record, 18), IMAGE_SCALE);
  map.addImage(EMPTY_IMAGE, { width: 4, height: 4, data: new Uint8ClampedArray(4 * 4 * 4) }, IMAGE_SCALE);

  followLetters(map);
  const names = createNames(map, theme, { part: options.district, covered: options.covered });
  const marks = createMarks(map, theme);
  const painter = createPainter(map);
  const units = createUnitLayers(map, options.lang, options.district);
  const withRecords = new Set<string>();
  /** Rivers and roads are a kindness; the map is whole without them. */
  const tiles = watchTiles(map, {
    apart: CONTEXT_SOURCE,
    onMissing() {
      if (!isWhole()) options.onHoles();
    },
  });
  let scene: Scene | null = null;
  let size = sizeOf(root);

  function setHovered(id: number | null): void {
    if (!scene || !map.getSource(sourceId(scene.vintage))) return;
    if (id !== null) units.need('hover');
    painter.setHovered(scene.vintage, scene.level, id);
  }

  const seen = (): void => {
    const box = map.getBounds();
    options.onView([box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]);
  };
  const isWhole = (): boolean => tiles.areWhole(scene ? sourcesOf(scene) : []);

  const pointAgain = followPointer(map, {
    ...options,
    ground: () => scene && { ...scene, hasPractices: scene.records.layers.includes('practices') && withRecords.has(scene.vintage) },
    onHover(hovered) {
      setHovered(hovered.id);
      options.onHover(hovered);
    },
  });
  /** A wheel's zoom begins after the turn and runs on, and does not say what it came from. */
  let wheel: 'still' | 'turned' | 'zoomed' = 'still';
  map.on('wheel', () => { wheel = 'turned'; });
  map.on('moveend', (event) => {
    // Fitting at the start or on resize is not the visitor's wish.
    if (wheel !== 'still') wheel = 'zoomed';
    if (wheel === 'zoomed' || 'originalEvent' in event || 'wished' in event) options.onMove(cameraOf(map));
    seen();
  });
  map.on('resize', () => {
    // MapLibre looks for itself too, also at a map that is hidden.
    size = sizeOf(root);
    seen();
  });
  map.on('sourcedata', ({ sourceId: source, tile }) => {
    // Names are placed with the last tile, not a whole round of drawing after it.
    if (tile && scene && source === sourceId(scene.vintage) && map.isSourceLoaded(source)) names.place(scene);
  });
  map.on('idle', () => {
    // Names that move are drawn first; idle comes again after them.
    if (scene && names.place(scene)) return;
    if (wheel === 'zoomed') wheel = 'still';
    pointAgain();
    options.onIdle(isWhole());
  });

  function showRecords({ vintage, records }: Scene): void {
    const strength = strengthOf(records.own);
    for (const of of withRecords) {
      for (const { id } of recordLayers(of, theme)) {
        const visible = of === vintage && isShown(id, records.layers);
        setVisible(map, id, visible);
        if (!visible) continue;
        map.setFilter(id, recordFilter(id, records));
        if (id.startsWith('replications-halo')) {
          map.setPaintProperty(id, 'line-opacity', strength.haloOpacity);
          map.setPaintProperty(id, 'line-width', strength.halo);
        }
        if (id.startsWith('replications-arrow')) {
          map.setPaintProperty(id, 'icon-opacity', strength.opacity);
          map.setLayoutProperty(id, 'icon-size', strength.arrow);
        }
        if (!id.startsWith('replications-line')) continue;
        map.setPaintProperty(id, 'line-opacity', strength.opacity);
        map.setPaintProperty(id, 'line-width', strength.line);
      }
    }
  }

  /** Addresses last given to each source; a source that is still loading has none of its own. */
  const given = new Map<string, string>();

  /** True where the source is new, so that its layers are still to come. */
  function giveSource(id: string, tiles: TileSet): boolean {
    const source = map.getSource<VectorTileSource>(id);
    const before = given.get(id);
    given.set(id, tiles.tiles.join());
    if (source && before !== given.get(id)) source.setTiles(tiles.tiles);
    if (!source) map.addSource(id, { type: 'vector', ...pick(tiles) });
    return !source;
  }

  return {
    map,
    setTiles(vintage, tiles) {
      if (!giveSource(sourceId(vintage), tiles)) return;
      const below = [...withRecords].map((of) => layerId('replications-halo', of)).find((layer) => map.getLayer(layer));
      units.add(vintage, theme, below ?? DISTRICT_NAMES);
    },
    has: units.has,
    setRecords(vintage, tiles) {
      if (!giveSource(recordSource(vintage), tiles)) return;
      withRecords.add(vintage);
      for (const layer of recordLayers(vintage, theme)) map.addLayer(layer, DISTRICT_NAMES);
    },
    hasRecords: (vintage) => withRecords.has(vintage),
    setContext: (tiles, layers) => showContext(map, tiles, layers),
    reload: (vintage) => tiles.reload([sourceId(vintage), recordSource(vintage)]),
    setTheme(next) {
      theme = next;
      map.updateImage(HATCH_IMAGE, hatch(theme.hatch, 12, 2));
      map.updateImage(ARROW_IMAGE, arrow(theme.record, 18));
      const layers = [
        ...baseStyle(theme).layers,
        districtNameLayer(theme),
        ...units.all(theme),
        ...[...withRecords].flatMap((vintage) => recordLayers(vintage, theme)),
      ];
      for (const { id, paint } of layers.filter((layer) => map.getLayer(layer.id))) {
        for (const [property, value] of Object.entries(paint ?? {})) map.setPaintProperty(id, property as keyof AllPaintProperties, value);
      }
      marks.setTheme(theme);
      if (scene) showRecords(scene);
    },
    show(next) {
      setHovered(null);
      const before = scene;
      scene = next;
      if ([...next.paints.values()].some(({ hatch }) => hatch)) units.need('hatch');
      painter.paint(next.vintage, next.level, next.paints);
      const crossed = before?.vintage !== next.vintage || before.level !== next.level;
      if (crossed) units.show(next.vintage, next.level);
      if (crossed || before.selected !== next.selected) units.outline(next.vintage, next.level, next.selected);
      showRecords(next);
      marks.show(next.marks);
      pointAgain();
      // Where nothing differs, idle is still to be told.
      map.triggerRepaint();
    },
    hover: setHovered,
    ...createLook(map),
    resize() {
      // A canvas that is given its size again loses all that is drawn on it.
      if (size !== sizeOf(root)) map.resize();
    },
    settle: () => void (scene && names.place(scene)),
    destroy: () => map.remove(),
  };
}

/** Sources of which something is shown. */
function sourcesOf({ vintage, records }: Scene): string[] {
  return records.layers.length === 0 ? [sourceId(vintage)] : [sourceId(vintage), recordSource(vintage)];
}

/** All that the canvas is made for: CSS pixels, and screen pixels in each. */
function sizeOf({ clientWidth, clientHeight }: HTMLElement): string {
  return `${clientWidth} ${clientHeight} ${window.devicePixelRatio}`;
}

function construct(root: HTMLElement, { start, messages, theme, isGuest }: MapOptions): MapLibre {
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
      cooperativeGestures: isGuest,
      attributionControl: false,
      // Tiles' addresses carry their content's hash; what is in hand stays good.
      refreshExpiredTiles: false,
      fadeDuration: 0,
      locale: {
        'Map.Title': messages.mapLabel,
        'CooperativeGesturesHandler.WindowsHelpText': messages.gestures.windows,
        'CooperativeGesturesHandler.MacHelpText': messages.gestures.mac,
        'CooperativeGesturesHandler.MobileHelpText': messages.gestures.mobile,
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

function cameraOf(map: MapLibre): Camera {
  const { lng, lat } = map.getCenter();
  return { zoom: map.getZoom(), lat, lon: lng };
}
