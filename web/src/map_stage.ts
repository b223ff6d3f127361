// The real map's life: loaded when it is first needed, given the tiles of what it is to show, told of
// only as idle or failed.
//
// Whatever is asked of it before it stands is done when it does: the last scene counts.

import { type Api, ApiError, type Box, type ContextStyle, type TileSet } from './api';
import type { Data } from './data';
import type { Margins } from './free_part';
import type { Lang, Messages } from './i18n';
import type { MapHandle, MapOptions, Scene } from './map';
import type { Reveal } from './map_look';
import type { Hovered } from './map_pointer';
import type { Camera, Level } from './state';
import type { Problem } from './status';
import { type Scheme, THEMES } from './style/theme';

export interface StageOptions {
  lang: Lang;
  messages: Messages;
  scheme: Scheme;
  /** The built-up core of the city, which is seen first; the whole reaches far further. */
  core: Box | null;
  /** What is first seen instead of the city. */
  area: Box | null;
  /** Its built-up part, which is seen first; `null` where that is all of it. */
  areaCore: Box | null;
  /** Code of the district that is shown alone. */
  district: string | null;
  /** In a frame on another site: the wheel belongs to the page around. */
  isGuest: boolean;
  covered: MapOptions['covered'];
  /** What is left to the map's buttons, scale and sources, whatever else lies on it now. */
  margins(): Margins;
  api: Api;
  data: Data;
  onChoose(id: number | null): void;
  onHover(hovered: Hovered): void;
  onRest(id: number | null): void;
  onMove(camera: Camera): void;
  onView(box: Box): void;
  /** `drawing`, `problem` or `stands` is another than before. */
  onState(): void;
  /** The map stands; for tests. */
  onMap(map: MapHandle['map']): void;
}

export interface MapStage {
  /** Something is on its way to the screen. */
  readonly drawing: boolean;
  readonly problem: Problem | null;
  /** The map stands and shows something. */
  readonly stands: boolean;
  /** Starts on the way before there are figures to show: library and addresses of a vintage's tiles. */
  prepare(vintage: string, camera: Camera | null): void;
  /** `camera` is where the visitor went, `null` before they went anywhere. */
  show(scene: Scene, camera: Camera | null): void;
  setScheme(scheme: Scheme): void;
  /** Tries again what failed. */
  retry(): void;
  hover(id: number | null): void;
  moveTo(camera: Camera): void;
  fit(box: Box, margins: Margins): void;
  /** Moves only where the box is not in view already. */
  reveal(box: Box, how: Reveal): void;
  /** Khoroos are first seen where most of them lie, districts all at once; `wished` false where nobody asked, so that no camera is reported. */
  fitFrame(level: Level, wished: boolean): void;
  zoomBy(levels: number): void;
  panBy(x: number, y: number): void;
  resize(): void;
  /** Something else lies on the map than before. */
  settle(): void;
}

/** Names of the tiles that a vintage is drawn from. */
export function tileSetsOf(vintage: string, layers: readonly string[]): string[] {
  return [`boundaries-${vintage}`, ...(layers.length === 0 ? [] : [`tracker-${vintage}`])];
}

/** Layers for orientation with the tiles they are drawn from. */
interface Context {
  layers: ContextStyle['layers'];
  tiles: TileSet;
}

/** Where a map starts that is not yet told where anything lies. */
const WORLD: Box = [-180, -60, 180, 70];

export function createMapStage(root: HTMLElement, options: StageOptions): MapStage {
  const { lang, messages, api, data, onState } = options;
  let { scheme } = options;
  let map: MapHandle | null = null;
  let starting = false;
  let wanted: { scene: Scene; camera: Camera | null } | null = null;
  let asked = new AbortController();
  /** Where the visitor went before the map stood. */
  let aimed: Camera | null = null;
  let city: Box | null = null;
  /** The level whose first view was last brought up. */
  let framed: Level | null = null;
  let drawing = true;
  let stands = false;
  let problem: Problem | null = null;
  let context: { of: Scheme; layers: Promise<Context | null> } | null = null;

  function set(next: { drawing?: boolean; problem?: Problem | null; stands?: boolean }): void {
    drawing = next.drawing ?? drawing;
    stands = next.stands ?? stands;
    if (next.problem !== undefined) problem = next.problem;
    onState();
  }

  function fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    set({ problem: 'data' });
    if (!(error instanceof ApiError)) throw error;
  }

  const frameOf = (level: Level): Box =>
    (level === 'khoroo' ? options.areaCore : null) ?? options.area ??
    (level === 'khoroo' ? options.core : null) ?? city ?? options.core ?? WORLD;

  /** All districts at once lie clear of the buttons; the city's core is seen as large as can be. */
  function fitTo(to: MapHandle, level: Level, wished: boolean): void {
    to.fit(frameOf(level), { wished, ...(level === 'district' ? { margins: options.margins() } : {}) });
  }

  async function start(camera: Camera | null): Promise<void> {
    starting = true;
    const { signal } = asked;
    try {
      const { createMap, NoWebglError } = await import('./map');
      try {
        map = await createMap(root, {
          lang,
          messages,
          theme: THEMES[scheme],
          district: options.district,
          start: camera ?? options.areaCore ?? options.area ?? options.core ?? WORLD,
          isGuest: options.isGuest,
          covered: options.covered,
          onChoose: options.onChoose,
          onHover: options.onHover,
          onRest: options.onRest,
          onMove: options.onMove,
          onView: options.onView,
          onIdle(isWhole) {
            // An idle map without figures is not what the visitor asked for.
            if (shown === null || shown !== wanted?.scene) return;
            const found = problem === 'data' ? problem : isWhole ? null : 'tiles';
            if (drawing || problem !== found) set({ drawing: false, stands: true, problem: found });
          },
          onHoles: () => set({ problem: 'tiles' }),
        });
      } catch (error) {
        if (error instanceof NoWebglError) return set({ problem: 'webgl' });
        throw error;
      }
      if (aimed) map.moveTo(aimed);
      options.onMap(map.map);
    } catch (error) {
      return fail(error, signal);
    } finally {
      starting = false;
    }
    await bring();
    await addContext(map);
  }

  let shown: Scene | null = null;

  /** Gives the map what the last scene needs, tiles that did not come once more, then the scene itself. */
  async function bring(): Promise<void> {
    if (!map || !wanted) return;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const { scene, camera } = wanted;
    const { vintage, level, records } = scene;
    try {
      const [tiles, recordTiles] = await Promise.all(tileSetsOf(vintage, records.layers).map((name) => data.tileSet(name, signal)));
      if (signal.aborted || !tiles) return;
      city = tiles.bounds ?? null;
      map.setTiles(vintage, tiles);
      if (recordTiles) map.setRecords(vintage, recordTiles);
    } catch (error) {
      return fail(error, signal);
    }
    map.reload(vintage);
    if (camera === null && framed !== level) fitTo(map, level, false);
    framed = level;
    shown = scene;
    map.show(scene);
  }

  /** What was asked for last, as if nothing of it had failed. Holes stay until what they are filled with is drawn. */
  function draw(): void {
    if (problem === 'webgl' || !wanted) return;
    set({ drawing: true, problem: problem === 'tiles' ? problem : null });
    if (map) void bring();
    else if (!starting) void start(wanted.camera);
  }

  async function addContext(to: MapHandle): Promise<void> {
    const asked = scheme;
    const context = await askContext();
    if (context && asked === scheme) to.setContext(context.tiles, context.layers);
  }

  /** Layers for orientation; kept for a scheme, so that they are on their way before the map stands. */
  function askContext(): Promise<Context | null> {
    const asked = scheme;
    if (context?.of !== asked) context = { of: asked, layers: contextLayers(asked) };
    return context.layers;
  }

  async function contextLayers(of: Scheme): Promise<Context | null> {
    const { signal } = new AbortController();
    try {
      const { sources, layers } = await api.contextStyle(lang, of, signal);
      return 'context' in sources ? { layers, tiles: await data.tileSet('context', signal) } : null;
    } catch (error) {
      // Rivers and roads are a kindness; the map is whole without them.
      context = null;
      if (!(error instanceof ApiError)) throw error;
      return null;
    }
  }

  return {
    get drawing() {
      return drawing;
    },
    get problem() {
      return problem;
    },
    get stands() {
      return stands;
    },
    prepare(vintage, camera) {
      if (map || starting || problem === 'webgl') return;
      // What does not come here is asked for again with the first scene, which tells of it.
      data.tileSet(`boundaries-${vintage}`, new AbortController().signal).catch(() => {});
      void askContext();
      void start(camera);
    },
    show(scene, camera) {
      wanted = { scene, camera };
      draw();
    },
    setScheme(next) {
      scheme = next;
      map?.setTheme(THEMES[scheme]);
      if (map) void addContext(map);
    },
    retry: draw,
    hover: (id) => map?.hover(id),
    moveTo(camera) {
      if (map) map.moveTo(camera);
      else aimed = camera;
    },
    fit: (box, margins) => map?.fit(box, { margins }),
    reveal: (box, how) => map?.reveal(box, how),
    fitFrame(level, wished) {
      aimed = null;
      // A map that is away has no size to fit anything into: it does so when it comes back.
      if (root.clientWidth === 0) framed = null;
      else if (map) fitTo(map, level, wished);
    },
    zoomBy: (levels) => map?.zoomBy(levels),
    panBy: (x, y) => map?.panBy(x, y),
    resize: () => map?.resize(),
    settle: () => map?.settle(),
  };
}
