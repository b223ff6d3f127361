// Wires the viewer: address and page in, panels and map out. What is decided here is only *when*.
//
// One way round: a change of the view writes the address, asks for the figures it needs, and hands
// the whole to every panel and to the map. Panels and map never call each other.
//
// `data-state` on the root says the truth for tests and monitors: `loading` while figures or tiles are
// on their way, `ready` once the map is idle with the figures applied, `error` otherwise, with the
// cause in `data-problem` (`data`, `tiles`, `webgl`). The root's `hlpMap` is MapLibre's object.

import './viewer.css';
import { ApiError, createApi, type PlaceFacts } from './api';
import { choicesOf, type Config, readConfig } from './config';
import { drawn } from './drawn';
import { createFrame } from './frame';
import { messages as messagesOf, nameIn, titleIn } from './i18n';
import type { Box, MapHandle } from './map';
import { createControls } from './panels/controls';
import { createFigures } from './panels/figures';
import { createHeading } from './panels/heading';
import { createLegend } from './panels/legend';
import { createMapButtons } from './panels/map_buttons';
import { createMessage } from './panels/message';
import { createNotes } from './panels/notes';
import { createTable } from './panels/table';
import { createTooltip } from './panels/tooltip';
import { cellText, otherFigures, paints, placeName, type Reader, readings, rows, totalReadings } from './present';
import { pathInLanguage, readView, type View, writeView } from './state';
import { type Scheme, THEMES } from './style/theme';
import { countClasses, type Unit, type ValueTable } from './values';

/** The built-up city, where three of four khoroos lie; the whole reaches 160 km further. */
const CORE: Box = [106.72, 47.86, 107.06, 47.99];
const POLL_MS = 30_000;
const ANNOUNCE_AFTER_MS = 300;

type Problem = 'data' | 'tiles' | 'webgl';

declare global {
  interface HTMLElement {
    /** For tests: the map once it stands. */
    hlpMap?: MapHandle['map'];
  }
}

function start(root: HTMLElement, config: Config): void {
  const { lang, base } = config;
  const words = messagesOf(lang);
  const choices = choicesOf(config);
  const api = createApi(base);
  let reader: Reader = { lang, messages: words, districts: new Map() };

  let view = readView(location.search, location.hash, choices);
  let revision = config.revision;
  let table: ValueTable | null = null;
  let facts: PlaceFacts | null = null;
  let map: MapHandle | null = null;
  let city: Box | null = null;
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  let scheme: Scheme = prefersDark.matches ? 'dark' : 'light';
  let problem: Problem | null = null;
  /** True while figures are on their way. */
  let asking = true;
  /** True from handing the map something until it is idle with it. */
  let drawing = true;
  let asked = new AbortController();
  let askedFacts = new AbortController();
  const valuesCache = new Map<string, ValueTable>();

  const otherLang = lang === 'mn' ? 'en' : 'mn';
  const frame = createFrame(root, {
    messages: words,
    otherLang,
    onToggleTable: () => change({ table: !view.table }),
  });
  frame.notice.hidden = !config.illustrative;
  const heading = createHeading(frame.heading);
  const legend = createLegend(frame.legend, { lang, messages: words });
  const figures = createFigures(frame.figures, { lang, messages: words, onClose: () => choose(null, false) });
  const notes = createNotes(frame.notes, { lang, messages: words });
  const controls = createControls(frame.controls, {
    lang,
    messages: words,
    measures: config.measures,
    cycles: config.cycles,
    onChange: (wish) => change(wish.level && wish.level !== view.level ? { ...wish, selected: null } : wish),
  });
  const twin = createTable(frame.table, {
    messages: words,
    onChoose: (code) => choose(code, true),
    onOrder: (order) => change({ order }),
    onClose: () => {
      change({ table: false });
      frame.tableToggle.focus();
    },
  });
  const tooltip = createTooltip(frame.tooltip);
  const message = createMessage(frame.message, { messages: words, onRetry: () => void refresh() });
  createMapButtons(frame.mapButtons, {
    messages: words,
    onCore: () => map?.fit(coreOf(city)),
    onCity: () => map?.fit(city ?? CORE),
    onZoom: (levels) => map?.zoomBy(levels),
    onPan: (x, y) => map?.panBy(x, y),
  }).update();

  function change(wish: Partial<View>): void {
    view = { ...view, ...wish };
    writeAddress('pushState');
    void refresh();
  }

  function choose(code: string | null, andShow: boolean): void {
    if (code === view.selected && !andShow) return;
    view = { ...view, selected: code };
    writeAddress('pushState');
    draw();
    void askFacts(andShow);
  }

  function writeAddress(how: 'pushState' | 'replaceState'): void {
    const { search, hash } = writeView(view, location.search, choices);
    history[how](null, '', location.pathname + search + hash);
    frame.language.href = pathInLanguage(location.pathname, base, otherLang) + search + hash;
  }

  function report(next: Problem | null): void {
    problem = next;
    const state = problem !== null ? 'error' : asking || drawing ? 'loading' : 'ready';
    root.dataset.state = state;
    if (problem === null) delete root.dataset.problem;
    else root.dataset.problem = problem;
    message.update(problem ?? (state === 'loading' && !map ? 'loading' : null));
  }

  /** Asks for what the view needs and does not have, then draws it. */
  async function refresh(): Promise<void> {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const shown = drawn(config, view);
    drawPanels();
    try {
      const key = `${view.measure}/${shown.vintage}/${shown.level}`;
      let next = valuesCache.get(key);
      if (!next) {
        asking = true;
        report(problem === 'webgl' ? problem : null);
        const naming = reader.districts.size === 0 ? askDistricts(signal) : null;
        next = await api.values(view.measure, shown.vintage, shown.level, signal);
        await naming;
        valuesCache.set(key, next);
      }
      table = next;
      asking = false;
      if (!table.units.some((unit) => unit.code === view.selected)) view = { ...view, selected: null };
      drawPanels();
      if (map) await giveTiles(map, shown.vintage, signal);
      draw();
      void askFacts(false);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  }

  async function askDistricts(signal: AbortSignal): Promise<void> {
    const districts = await api.districts(signal);
    reader = { ...reader, districts: new Map(districts.map((named) => [named.code, nameIn(lang, named)])) };
  }

  async function giveTiles(to: MapHandle, vintage: string, signal: AbortSignal): Promise<void> {
    const tiles = await api.tileSet(`boundaries-${vintage}`, signal);
    city = tiles.bounds ?? null;
    to.setTiles(vintage, tiles);
  }

  async function askFacts(andShow: boolean): Promise<void> {
    askedFacts.abort();
    askedFacts = new AbortController();
    const { signal } = askedFacts;
    facts = null;
    const unit = chosenUnit();
    if (!unit || !table) return;
    try {
      facts = await api.place(unit.code, table.vintage, table.level, signal);
      drawPanels();
      if (andShow && facts.bbox) map?.fit(facts.bbox);
    } catch (error) {
      // The value itself is on screen; without its facts the panel is only shorter.
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }

  function fail(error: unknown): void {
    asking = false;
    report('data');
    if (!(error instanceof ApiError)) throw error;
  }

  function chosenUnit(): Unit | undefined {
    return table?.units.find((unit) => unit.code === view.selected);
  }

  function draw(): void {
    drawPanels();
    if (!table || !map) return;
    const shown = drawn(config, view);
    drawing = true;
    report(null);
    map.show({
      vintage: shown.vintage,
      level: shown.level,
      paints: paints(table, view.cycle, scheme),
      selected: chosenUnit()?.id ?? null,
    });
  }

  function drawPanels(): void {
    const shown = drawn(config, view);
    const cycleTitle = titleOfCycle(view.cycle);
    const measureTitle = words.measureTitles[view.measure] ?? view.measure;
    const measureWord = (words.measures[view.measure] ?? view.measure).toLowerCase();
    const title = words.title(measureTitle, shown.level, cycleTitle);
    const current = table?.measure === view.measure && table.level === shown.level ? table : null;
    const totals = current ? totalReadings(current, view.cycle, reader) : [];
    const unit = current ? chosenUnit() : undefined;
    document.title = `${title} · ${words.siteName}`;
    controls.update(view);
    heading.update({
      title,
      totals,
      base: current ? words.base(totals.length, current.units.length, shown.level) : words.loading,
    });
    notes.update({ vintage: shown.vintageInfo, withoutLines: shown.withoutLines });
    frame.tableToggle.textContent = view.table ? words.hideTable : words.showTable;
    frame.tableToggle.setAttribute('aria-expanded', String(view.table));
    frame.table.hidden = !view.table;
    frame.main.classList.toggle('with-table', view.table);
    map?.resize();
    if (!current) return;
    frame.notice.hidden = !current.illustrative;
    const cell = unit?.cells.get(view.cycle);
    const known = facts?.code === unit?.code ? facts : null;
    legend.update({
      table: current,
      counts: countClasses(current, view.cycle),
      scheme,
      marked: cell?.class ?? null,
    });
    figures.update({
      hint: shown.level === 'khoroo' ? words.chooseHint : words.chooseHintDistrict,
      place: unit
        ? {
            title: placeName(unit, current, reader),
            readings: readings(cell, current, `${measureWord}, ${cycleTitle}`, reader),
            others: known ? otherFigures(known, view, titleOfCycle, reader) : [],
            facts: known,
          }
        : null,
    });
    if (view.table) {
      twin.update({
        caption: words.tableCaption(title),
        level: shown.level,
        order: view.order,
        rows: rows(current, view.cycle, view.order, reader),
        selected: view.selected,
      });
      if (view.selected) twin.reveal(view.selected);
    }
    if (unit) announce(words.sentence(placeName(unit, current, reader), cellText(cell, current, reader), measureTitle, cycleTitle));
  }

  function titleOfCycle(id: string): string {
    const cycle = config.cycles.find((c) => c.id === id);
    return cycle ? titleIn(lang, cycle) : id;
  }

  let announcing = 0;
  function announce(sentence: string): void {
    window.clearTimeout(announcing);
    announcing = window.setTimeout(() => {
      if (frame.status.textContent !== sentence) frame.status.textContent = sentence;
    }, ANNOUNCE_AFTER_MS);
  }

  async function startMap(): Promise<void> {
    const { createMap, NoWebglError } = await import('./map');
    try {
      const made = await createMap(frame.map, {
        lang,
        messages: words,
        theme: THEMES[scheme],
        start: view.camera ?? CORE,
        onChoose: (id) => choose(table?.units.find((unit) => unit.id === id)?.code ?? null, false),
        onHover: (id, point) => {
          const unit = table?.units.find((u) => u.id === id);
          if (!unit || !table) return tooltip.update(null);
          const value = cellText(unit.cells.get(view.cycle), table, reader);
          tooltip.update({ text: `${placeName(unit, table, reader)}: ${value}`, point });
        },
        onMove: (camera) => {
          view = { ...view, camera };
          writeAddress('replaceState');
        },
        onIdle: () => {
          // An idle map without figures is not what the visitor asked for.
          if (map === null || asking || !drawing) return;
          drawing = false;
          report(problem);
        },
        onError: () => report('tiles'),
      });
      root.hlpMap = made.map;
      await giveTiles(made, drawn(config, view).vintage, asked.signal);
      map = made;
    } catch (error) {
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
    valuesCache.clear();
    await refresh();
    announce(words.updated);
  }

  prefersDark.addEventListener('change', () => {
    scheme = prefersDark.matches ? 'dark' : 'light';
    map?.setTheme(THEMES[scheme]);
    draw();
  });
  window.addEventListener('popstate', () => {
    const before = view;
    view = readView(location.search, location.hash, choices);
    writeAddress('replaceState');
    if (map && view.camera && before.camera !== view.camera) map.moveTo(view.camera);
    void refresh();
  });
  window.setInterval(() => void poll(), POLL_MS);
  document.addEventListener('visibilitychange', () => void poll());

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
