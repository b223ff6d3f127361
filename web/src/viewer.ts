// The viewer's state and what follows from a change of it. What is decided here is only *when*.
//
// One way round: a change of the view writes the address, asks for the figures it needs, and hands
// the whole to the board and to the surface that is drawn on, which never call each other.
//
// `data-state` on the root says the truth for tests and monitors: `loading` while figures or tiles are
// on their way, `ready` once everything is drawn with the figures applied, `error` otherwise, with the
// cause in `data-problem` (`data`, `tiles`, `webgl`). The root's `hlpMap` is MapLibre's object.

import { ApiError, type CellLayout, createApi, type District } from './api';
import { createBoard } from './board';
import { type CellLink, linksOf, vintagesOf } from './cell_links';
import { choicesOf, type Config, offersOthers, readConfig, vintageBeside } from './config';
import { createContact } from './contact';
import { type Answers, createData } from './data';
import { drawn, formOf } from './drawn';
import { createGuest } from './embed/guest';
import { offered, scopeOf } from './embed/offered';
import { permitted } from './goal';
import { createHandover } from './handover';
import { messages as messagesOf, nameIn } from './i18n';
import { formatMoment } from './i18n/date';
import type { MapHandle } from './map';
import { tileSetsOf } from './map_stage';
import { askDetails, detailsKey, type PlaceDetails } from './place';
import { createPlayer, nextOf } from './player';
import type { Reader } from './present';
import { createReporter } from './reporter';
import { pathInLanguage, readView, type View, writeView } from './state';
import type { Problem } from './status';
import type { Scheme } from './style/theme';
import { createSurface } from './surface';
import { createTravel } from './travel';
import type { Unit, ValueTable } from './values';

/** A cycle stands so long while they are gone through. */
const CYCLE_STANDS_MS = 1_600;

/** Windows in which the control bar has room for all choices in a row, and for all with the measure as a list. */
const WIDE_FROM_PX = 1360;
const MIDDLE_FROM_PX = 1024;

/** What only the table shows. */
const OF_ROWS: ReadonlySet<string> = new Set<keyof View>(['filter', 'order', 'within', 'table']);

declare global {
  interface HTMLElement {
    /** For tests: MapLibre's map, once it stands. */
    hlpMap?: MapHandle['map'];
  }
}

export function startViewer(root: HTMLElement, config: Config): void {
  const { lang, base } = config;
  const messages = messagesOf(lang);
  const choices = choicesOf(config);
  const api = createApi(base);
  const data = createData(api);
  const otherLang = lang === 'mn' ? 'en' : 'mn';
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  const prefersStill = window.matchMedia('(prefers-reduced-motion: reduce)');
  const wide = window.matchMedia(`(min-width: ${WIDE_FROM_PX}px)`);
  const middle = window.matchMedia(`(min-width: ${MIDDLE_FROM_PX}px)`);

  let view = readView(location.search, location.hash, choices);
  const area = config.embed?.area;
  if (area?.code.includes('-') && view.level === 'khoroo') view = { ...view, selected: view.selected ?? area.code };
  let beside = vintageBeside(config, location.search, view.cycle);
  let scheme: Scheme = prefersDark.matches ? 'dark' : 'light';
  let reader: Reader = { lang, messages, districts: new Map() };
  /** Figures of the view, `null` while they are on their way. */
  let table: ValueTable | null = null;
  let layout: CellLayout | null = null;
  let links: readonly CellLink[] = [];
  let districts: readonly District[] = [];
  let details: PlaceDetails | null = null;
  /** Figures that did not come. */
  let problem: Problem | null = null;
  /** There is more to choose from than this page knows. */
  let outdated = false;
  /** The map is to go to the chosen place once its box is known. */
  let isToShow = false;
  /** Code that the page around wants chosen, until there are figures to know it by. */
  let wanted: string | null = null;
  let asked = new AbortController();
  let askedDetails = new AbortController();

  const handover = createHandover(root, { messages, onShown: updateBoard });
  const board = createBoard(handover.live, {
    config,
    messages,
    otherLang,
    onChange: change,
    onChoose: choose,
    onHover: (code) => surface.hover(code),
    onPlay: play,
    onRetry: () => void retry(),
    onCore: () => surface.fitFrame('khoroo'),
    onCity: () => surface.fitFrame('district'),
    onDistrict: () => {
      const box = districts.find(({ code }) => code === chosenUnit()?.district)?.bbox;
      if (box) surface.fit(box);
    },
    onKhoroo: () => {
      if (details?.facts?.bbox) surface.fit(details.facts.bbox);
    },
    onZoom: (levels) => surface.zoomBy(levels),
    onPan: (x, y) => surface.panBy(x, y),
    find: async (words, signal) => offered(await api.search(words, lang, scopeOf(config, view), signal), config),
    onFound: (found) => travel.toFound(found),
    onPlace: (place, isLandmark) => travel.toPlace(place, isLandmark),
  });
  const guest = config.embed && createGuest({
    config, choices, live: handover.live, linkText: messages.openOnSite, onSet, onSelect,
  });
  const surface = createSurface({
    frame: board.frame,
    lang,
    messages,
    core: config.core,
    area: area?.box ?? null,
    district: area?.code.split('-')[0] ?? null,
    isGuest: config.embed !== undefined,
    scheme,
    api,
    data,
    formAsked: () => formOf(view, window.innerWidth),
    onChoose: (code) => choose(code, false),
    onTooltip: board.showTooltip,
    onMove: (camera) => {
      view = { ...view, camera };
      writeAddress('replaceState');
    },
    onState: () => {
      // Without WebGL equal cells stand in, for which the layout is still to be asked.
      if (surface.problem === 'webgl' && layout === null && problem === null) void refresh();
      else report();
    },
    onMap: (map) => {
      root.hlpMap = map;
    },
  });
  const travel = createTravel({
    config, messages, api, surface,
    read: () => view,
    change(wish, andShow) {
      isToShow = andShow;
      change(wish);
    },
  });
  const player = createPlayer({
    ids: choices.cycles,
    stand_ms: CYCLE_STANDS_MS,
    onStep: (cycle) => apply({ cycle }, 'replaceState'),
    onChange: updateBoard,
  });
  const contact = createContact({
    api,
    revision: config.revision,
    onRevision: renew,
    onChange() {
      updateBoard();
      report();
    },
  });
  const { report } = createReporter(root, {
    read: () => ({
      problem: problem ?? surface.problem,
      hasFigures: table !== null,
      hasPicture: surface.stands,
      drawing: surface.drawing,
      offline: !contact.online,
      empty: isEmpty(),
    }),
    onMessage: board.showMessage,
    onState(state, before, slow) {
      if (state === 'loading') return handover.say(slow ? 'slow' : 'loading');
      const isWaitingForCells = surface.problem === 'webgl' && !surface.stands && problem === null;
      if (!handover.done && !isWaitingForCells) {
        const failed = problem ?? surface.problem;
        handover.reveal(failed === null ? messages.mapIsReady : messages.states[failed]);
        void contact.ask();
      }
      guest?.report(state, problem ?? surface.problem);
      if (state === 'ready' && before === 'loading') player.drawn(view.cycle);
      if (state === 'error') player.stop();
    },
  });

  // Changes of the view

  function change(wish: Partial<View>): void {
    player.stop();
    // Letters of a filter are no steps to go back through.
    apply(permitted(wish, config, view), 'filter' in wish ? 'replaceState' : 'pushState');
  }

  function onSet(wish: Partial<View>): void {
    player.stop();
    apply(wish, 'replaceState');
  }

  function onSelect(code: string | null): void {
    const known = tableOfView();
    wanted = known ? null : code;
    if (known === null && code !== null) return;
    if (code === null || known?.units.some((unit) => unit.code === code)) choose(code, true);
    else guest?.refuse();
  }

  function apply(wish: Partial<View>, how: 'pushState' | 'replaceState'): void {
    if (wish.cycle !== undefined) beside = null;
    // A khoroo is none of the districts.
    const isOtherLevel = wish.level !== undefined && wish.level !== view.level;
    view = { ...view, ...(isOtherLevel ? { selected: null } : {}), ...wish };
    writeAddress(how);
    // Rows of the table are other, nothing that is painted.
    if (Object.keys(wish).every((key) => OF_ROWS.has(key))) updateBoard();
    else void refresh();
  }

  function choose(code: string | null, andShow: boolean): void {
    isToShow = andShow;
    if (code !== view.selected) {
      view = { ...view, selected: code, mark: null };
      writeAddress('pushState');
    } else if (!andShow) {
      return;
    }
    draw();
    void describe();
  }

  function play(): void {
    if (player.playing) return player.stop();
    if (!prefersStill.matches) return player.start(view.cycle);
    const next = nextOf(choices.cycles, view.cycle) ?? choices.cycles[0];
    if (next !== undefined) change({ cycle: next });
  }

  function writeAddress(how: 'pushState' | 'replaceState'): void {
    // Steps in a frame are none in the history of the page around.
    if (guest) return guest.show(view);
    const { search, hash } = writeView(view, location.search, choices);
    history[how](null, '', location.pathname + search + hash);
    board.setLanguageLink(pathInLanguage(location.pathname, base, otherLang) + search + hash);
  }

  // Figures

  /** Asks for what the view needs and does not have, then draws it. */
  async function refresh(): Promise<void> {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const query = drawn(config, view);
    if (isEmpty()) return report();
    if (!data.has(query)) table = null;
    problem = null;
    report();
    updateBoard();
    try {
      const [named, values, cells, lines] = await figuresFrom(data, signal);
      districts = named;
      reader = { ...reader, districts: new Map(named.map((district) => [district.code, nameIn(lang, district)])) };
      table = values;
      layout = cells;
      links = lines;
      draw();
      if (wanted !== null) onSelect(wanted);
      void describe();
    } catch (error) {
      if (signal.aborted) return;
      problem = 'data';
      report();
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** All that the view is drawn from, but tiles. */
  function figuresFrom(from: Answers, signal: AbortSignal) {
    const query = drawn(config, view);
    const isInCells = surface.form === 'cells';
    return Promise.all([
      from.districts(signal),
      from.values(query, signal),
      isInCells ? from.cells(query.vintage, signal) : layout,
      isInCells && view.layers.includes('replications') ? linksFrom(from, signal) : [],
    ]);
  }

  async function linksFrom(from: Answers, signal: AbortSignal): Promise<CellLink[]> {
    const copies = await from.copies(view.cycle, view.theme, signal);
    const known = vintagesOf(copies).filter((vintage) => config.vintages.some(({ id }) => id === vintage));
    const layouts = await Promise.all(known.map((vintage) => from.cells(vintage, signal)));
    return linksOf(copies, new Map(layouts.map((one) => [one.vintage, one])));
  }

  /** Takes a new revision in once all that is shown has come; until then what was there stays. */
  async function renew(): Promise<boolean> {
    const { signal } = new AbortController();
    let now = config;
    try {
      await data.renew(async (fresh) => {
        const tiles = surface.form === 'map' && !isEmpty() ? tileSetsOf(drawn(config, view).vintage, view.layers) : [];
        const [page] = await Promise.all([
          api.page(location.pathname + location.search, signal),
          isEmpty() ? null : figuresFrom(fresh, signal),
          ...tiles.map((name) => fresh.tileSet(name, signal)),
        ]);
        now = readConfig(new DOMParser().parseFromString(page, 'text/html'));
      });
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
    outdated = offersOthers(config, now);
    if (details) details = { ...details, isWhole: false };
    await refresh();
    board.announce(messages.updated);
    return true;
  }

  async function describe(): Promise<void> {
    askedDetails.abort();
    askedDetails = new AbortController();
    const { signal } = askedDetails;
    const unit = chosenUnit();
    if (!unit) return;
    const query = drawn(config, view);
    if (details?.isWhole && details.of === detailsKey(unit.code, query, view.cycle)) return goToChosen();
    await askDetails({ api, data, config }, unit, query, view.cycle, details, signal, (known) => {
      details = known;
      updateBoard();
      goToChosen();
    });
  }

  function goToChosen(): void {
    const box = details?.facts?.bbox;
    if (!isToShow || !box) return;
    isToShow = false;
    if (surface.form === 'map') surface.fit(box);
  }

  async function retry(): Promise<void> {
    data.forget();
    surface.retry();
    await refresh();
  }

  // What is on screen

  function draw(): void {
    updateBoard();
    const fitting = tableOfView();
    if (fitting) surface.draw({ view, table: fitting, layout, links, districts, reader, scheme });
  }

  /** Figures of other units are what is about to be replaced; nothing is painted with them. */
  function tableOfView(): ValueTable | null {
    const { vintage, level } = drawn(config, view);
    return table?.vintage === vintage && table.level === level ? table : null;
  }

  function updateBoard(): void {
    const shown = drawn(config, view);
    const unit = chosenUnit();
    board.update({
      view,
      shown,
      form: surface.form,
      room: wide.matches ? 'wide' : middle.matches ? 'middle' : 'narrow',
      beside,
      reader,
      scheme,
      table,
      unit,
      details: unit && details?.of === detailsKey(unit.code, shown, view.cycle) ? details : null,
      playing: player.playing,
      stepwise: prefersStill.matches,
      freshness: contact.freshness,
      asOf: contact.publishedAt === null ? '' : formatMoment(contact.publishedAt, lang),
      outdated,
    });
    surface.resize();
  }

  function isEmpty(): boolean {
    return config.vintages.length === 0;
  }

  function chosenUnit(): Unit | undefined {
    return table?.units.find((unit) => unit.code === view.selected);
  }

  // The world outside

  window.addEventListener('popstate', () => {
    const before = view;
    player.stop();
    view = readView(location.search, location.hash, choices);
    writeAddress('replaceState');
    if (view.camera && before.camera !== view.camera) surface.moveTo(view.camera);
    void refresh();
  });
  prefersDark.addEventListener('change', () => {
    scheme = prefersDark.matches ? 'dark' : 'light';
    surface.setScheme(scheme);
    draw();
  });
  prefersStill.addEventListener('change', () => {
    player.stop();
    updateBoard();
  });
  let formBefore = surface.form;
  window.addEventListener('resize', () => {
    updateBoard();
    if (surface.form === formBefore) return;
    formBefore = surface.form;
    void refresh();
  });

  writeAddress('replaceState');
  if (!isEmpty()) surface.prepare(drawn(config, view).vintage, view.camera);
  void refresh();
}
