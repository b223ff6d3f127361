// Wires the viewer: address and page in, board and map out. What is decided here is only *when*.
//
// One way round: a change of the view writes the address, asks for the figures it needs, and hands
// the whole to the board and to the map, which never call each other.
//
// `data-state` on the root says the truth for tests and monitors: `loading` while figures or tiles are
// on their way, `ready` once the map is idle with the figures applied, `error` otherwise, with the
// cause in `data-problem` (`data`, `tiles`, `webgl`). The root's `hlpMap` is MapLibre's object.

import './viewer.css';
import { ApiError, createApi, type PlaceFacts } from './api';
import { createBoard } from './board';
import { choicesOf, type Config, readConfig } from './config';
import { createData } from './data';
import { drawn } from './drawn';
import { messages as messagesOf, nameIn } from './i18n';
import type { Box, MapHandle } from './map';
import { paints, type Reader } from './present';
import { type Level, pathInLanguage, readView, type View, writeView } from './state';
import { type Scheme, THEMES } from './style/theme';
import type { Unit, ValueTable } from './values';

/** The built-up city, where three of four khoroos lie; the whole reaches 160 km further. */
const CORE: Box = [106.72, 47.86, 107.06, 47.99];
/** How often the revision is asked for while the page is seen. */
const POLL_MS = 30_000;

type Problem = 'data' | 'tiles' | 'webgl';

declare global {
  interface HTMLElement {
    /** For tests: MapLibre's map, once it stands. */
    hlpMap?: MapHandle['map'];
  }
}

function start(root: HTMLElement, config: Config): void {
  const { lang, base } = config;
  const messages = messagesOf(lang);
  const choices = choicesOf(config);
  const api = createApi(base);
  const data = createData(api, (named) => nameIn(lang, named));
  const otherLang = lang === 'mn' ? 'en' : 'mn';
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');

  let view = readView(location.search, location.hash, choices);
  let scheme: Scheme = prefersDark.matches ? 'dark' : 'light';
  let reader: Reader = { lang, messages, districts: new Map() };
  let revision = config.revision;
  /** Figures of the view, `null` while they are on their way. */
  let table: ValueTable | null = null;
  let facts: PlaceFacts | null = null;
  let map: MapHandle | null = null;
  let city: Box | null = null;
  let problem: Problem | null = null;
  /** The level whose first view was last brought up. */
  let framed: Level = 'khoroo';
  /** True from handing the map something until it is idle with it. */
  let drawing = true;
  let asked = new AbortController();
  let askedFacts = new AbortController();

  const board = createBoard(root, {
    config,
    messages,
    otherLang,
    onChange: (wish) => change(wish.level && wish.level !== view.level ? { ...wish, selected: null } : wish),
    onChoose: choose,
    onRetry: () => void retry(),
    onCore: () => map?.fit(frameOf('khoroo')),
    onCity: () => map?.fit(frameOf('district')),
    onZoom: (levels) => map?.zoomBy(levels),
    onPan: (x, y) => map?.panBy(x, y),
  });

  function change(wish: Partial<View>): void {
    view = { ...view, ...wish };
    writeAddress('pushState');
    void refresh();
  }

  function choose(code: string | null, andShow: boolean): void {
    if (code !== view.selected) {
      view = { ...view, selected: code };
      writeAddress('pushState');
    } else if (!andShow) {
      return;
    }
    draw();
    void askFacts(andShow);
  }

  function writeAddress(how: 'pushState' | 'replaceState'): void {
    const { search, hash } = writeView(view, location.search, choices);
    history[how](null, '', location.pathname + search + hash);
    board.setLanguageLink(pathInLanguage(location.pathname, base, otherLang) + search + hash);
  }

  function report(next: Problem | null): void {
    problem = next;
    const state = problem !== null ? 'error' : table === null || drawing ? 'loading' : 'ready';
    root.dataset.state = state;
    if (problem === null) delete root.dataset.problem;
    else root.dataset.problem = problem;
    board.showMessage(problem ?? (state === 'loading' && !map ? 'loading' : null));
  }

  /** Asks for what the view needs and does not have, then draws it. */
  async function refresh(): Promise<void> {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const { vintage, level } = drawn(config, view);
    if (!data.has(view.measure, vintage, level)) {
      table = null;
      report(lasting());
    }
    updateBoard();
    try {
      const [districts, values] = await Promise.all([
        data.districts(signal),
        data.values(view.measure, vintage, level, signal),
      ]);
      reader = { ...reader, districts };
      table = values;
      if (!chosenUnit()) view = { ...view, selected: null };
      updateBoard();
      if (map) await giveTiles(map, vintage, signal);
      draw();
      void askFacts(false);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

  /** A browser without WebGL does not get it by asking again. */
  function lasting(): Problem | null {
    return problem === 'webgl' ? problem : null;
  }

  function fail(error: unknown): void {
    report('data');
    if (!(error instanceof ApiError)) throw error;
  }

  async function retry(): Promise<void> {
    data.forget();
    map?.reload(drawn(config, view).vintage);
    await refresh();
    if (!map) await startMap();
  }

  async function giveTiles(to: MapHandle, vintage: string, signal: AbortSignal): Promise<void> {
    const tiles = await data.tileSet(`boundaries-${vintage}`, signal);
    city = tiles.bounds ?? null;
    to.setTiles(vintage, tiles);
  }

  /** Tiles of what is looked at by the time they are there: the visitor may choose while a map loads. */
  async function giveFirstTiles(to: MapHandle): Promise<void> {
    const { signal } = new AbortController();
    for (let given: string | null = null; given !== drawn(config, view).vintage; ) {
      given = drawn(config, view).vintage;
      await giveTiles(to, given, signal);
    }
  }

  async function askFacts(andShow: boolean): Promise<void> {
    askedFacts.abort();
    askedFacts = new AbortController();
    const { signal } = askedFacts;
    const unit = chosenUnit();
    if (!unit || !table) return;
    try {
      facts = await api.place(unit.code, table.vintage, table.level, signal);
      updateBoard();
      if (andShow && facts.bbox) map?.fit(facts.bbox);
    } catch (error) {
      // The value itself is on screen; without its facts the panel is only shorter.
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }

  function chosenUnit(): Unit | undefined {
    return table?.units.find((unit) => unit.code === view.selected);
  }

  function updateBoard(): void {
    const unit = chosenUnit();
    const ofUnit = facts?.code === unit?.code && facts?.vintage === table?.vintage ? facts : null;
    board.update({ view, reader, scheme, table, unit, facts: ofUnit });
    map?.resize();
  }

  function draw(): void {
    updateBoard();
    const { vintage, level } = drawn(config, view);
    // Figures or tiles of another vintage are what is about to be replaced; nothing is painted with them.
    if (!map?.has(vintage) || table?.vintage !== vintage || table.level !== level) return;
    if (view.camera === null && framed !== level) map.fit(frameOf(level), false);
    framed = level;
    drawing = true;
    report(null);
    map.show({ vintage, level, paints: paints(table, view.cycle, scheme), selected: chosenUnit()?.id ?? null });
  }

  /** Khoroos are first seen where most of them lie, districts all at once. */
  function frameOf(level: Level): Box {
    return level === 'khoroo' ? coreOf(city) : (city ?? CORE);
  }

  async function startMap(): Promise<void> {
    const { createMap, NoWebglError } = await import('./map');
    let made: MapHandle | null = null;
    try {
      made = await createMap(board.map, {
        lang,
        messages,
        theme: THEMES[scheme],
        start: view.camera ?? CORE,
        onChoose: (id) => choose(table?.units.find((unit) => unit.id === id)?.code ?? null, false),
        onHover: (id, point) => {
          const unit = table?.units.find((u) => u.id === id);
          board.showTooltip(unit && table ? { unit, table, cycle: view.cycle, reader, point } : null);
        },
        onMove: (camera) => {
          view = { ...view, camera };
          writeAddress('replaceState');
        },
        onIdle: () => {
          // An idle map without figures is not what the visitor asked for.
          if (map === null || table === null || !drawing) return;
          drawing = false;
          report(problem);
        },
        onError: () => report('tiles'),
      });
      root.hlpMap = made.map;
      await giveFirstTiles(made);
      map = made;
    } catch (error) {
      made?.destroy();
      if (error instanceof NoWebglError) return report('webgl');
      return fail(error);
    }
    draw();
    await addContext(map).catch((error: unknown) => {
      // Rivers and roads are a kindness; the map is whole without them.
      if (!(error instanceof ApiError)) throw error;
    });
  }

  async function addContext(to: MapHandle): Promise<void> {
    const { signal } = new AbortController();
    if ((await api.tileSets(signal)).includes('context')) to.setContext(await api.tileSet('context', signal));
  }

  async function poll(): Promise<void> {
    if (document.hidden) return;
    const now = await api.revision(new AbortController().signal).catch(() => revision);
    if (now === revision) return;
    revision = now;
    data.forget();
    await refresh();
    board.announce(messages.updated);
  }

  window.addEventListener('popstate', () => {
    const before = view;
    view = readView(location.search, location.hash, choices);
    writeAddress('replaceState');
    if (map && view.camera && before.camera !== view.camera) map.moveTo(view.camera);
    void refresh();
  });
  prefersDark.addEventListener('change', () => {
    scheme = prefersDark.matches ? 'dark' : 'light';
    map?.setTheme(THEMES[scheme]);
    draw();
  });
  document.addEventListener('visibilitychange', () => void poll());
  window.setInterval(() => void poll(), POLL_MS);

  writeAddress('replaceState');
  void refresh();
  void startMap();
}

function coreOf(city: Box | null): Box {
  if (!city) return CORE;
  const inside = CORE[0] >= city[0] && CORE[1] >= city[1] && CORE[2] <= city[2] && CORE[3] <= city[3];
  return inside ? CORE : city;
}

const root = document.getElementById('viewer');
if (root) {
  try {
    start(root, readConfig(document));
  } catch (error) {
    root.dataset.state = 'error';
    root.dataset.problem = 'data';
    throw error;
  }
}
