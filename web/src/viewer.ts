// The viewer's state and what follows from a change of it. What is decided here is only *when*.
//
// One way round: a change of the view writes the address, asks for the picture it needs, and hands
// the whole to the board and to the surface that is drawn on, which never call each other. Where the picture
// does not come, the view goes back.
//
// `data-state` on the root says the truth for tests and monitors: `loading` while figures or tiles are
// on their way, `ready` once everything is drawn with the figures applied, `error` otherwise, with the
// cause in `data-problem` (`data`, `tiles`, `webgl`). The root's `hlpMap` is MapLibre's object.

import type { Api } from './api';
import { createAsking } from './asking';
import { createBoard } from './board';
import { choicesOf, type Config, offersOthers, vintageBeside } from './config';
import { createContact } from './contact';
import { createChosen } from './chosen';
import { createData } from './data';
import { drawn, formOf } from './drawn';
import { createGuest } from './embed/guest';
import { offered, scopeOf } from './embed/offered';
import { permitted } from './goal';
import { createHandover } from './handover';
import { type Messages, nameIn } from './i18n';
import { formatMoment } from './i18n/date';
import { createMarked } from './marked';
import { createMedia } from './media';
import { districtOf, isBeside, readInPart } from './part';
import { asPictured, type Picture } from './picture';
import { createPlayer, nextOf } from './player';
import { districtName, type Reader, withDistricts } from './present';
import { createReporter } from './reporter';
import { type Level, misread, pathInLanguage, readView, type View, writeView } from './state';
import { createSteps } from './steps';
import { createSurface } from './surface';
import { createTravel } from './travel';
import type { Unit } from './values';

/** A cycle stands so long while they are gone through. */
const CYCLE_STANDS_MS = 1_600;

/** What only the table shows. */
const OF_ROWS: ReadonlySet<string> = new Set<keyof View>(['filter', 'order', 'within', 'table']);

export function startViewer(root: HTMLElement, config: Config, messages: Messages, api: Api): void {
  const { lang, base } = config;
  const choices = choicesOf(config);
  const data = createData(api);
  const isEmpty = config.vintages.length === 0;
  const otherLang = lang === 'mn' ? 'en' : 'mn';
  const media = createMedia({
    onScheme() {
      scheme = media.scheme;
      surface.setScheme(scheme);
      draw();
    },
    onStill() {
      player.stop();
      updateBoard();
    },
  });

  /** Of what is shown, on screen or on paper. */
  let { scheme } = media;
  const area = config.embed?.area;
  const part = area ? districtOf(area.code) : null;
  /** With what the address asks for in vain, until something is chosen. */
  let { view, unread } = readAddress();
  if (area?.code.includes('-') && view.level === 'khoroo') view = { ...view, selected: view.selected ?? area.code };
  let beside = vintageBeside(config, location.search, view.cycle);
  let reader: Reader = { lang, messages, districts: new Map(), aliases: new Map() };
  /** A step of the visitor is on its way, to a place of its own on the map. */
  let isStep = false;
  /** There is more to choose from than this page knows. */
  let outdated = false;
  /** Code that the page around wants chosen, until there are figures to know it by. */
  let wanted: string | null = null;
  const steps = createSteps(window.history);

  const handover = createHandover(root, {
    messages,
    onShown() {
      updateBoard();
      chosen.go();
    },
  });
  const board = createBoard(handover.live, {
    config,
    messages,
    otherLang,
    onChange: change,
    onChoose: choose,
    onHover: (code) => surface.hover(code),
    onPlay: play,
    onToMap: () => surface.focus(),
    onRetry: () => void retry(),
    askPicture: api.picture,
    pictureAt: api.pictureAt,
    paper: api.paper,
    onPaper(isOnPaper) {
      scheme = isOnPaper ? 'light' : media.scheme;
      // A map that stands on screen is not what is printed.
      if (surface.form === 'cells') draw();
      else updateBoard();
    },
    onCore: () => surface.fitFrame('khoroo', true),
    onCity: () => surface.fitFrame('district', true),
    onDistrict: () => {
      const box = asking.picture?.districts.find(({ code }) => code === chosenUnit()?.district)?.bbox;
      if (box) surface.fit(box);
    },
    onKhoroo: () => chosen.come('listed'),
    onZoom: (levels) => surface.zoomBy(levels),
    onPan: (x, y) => surface.panBy(x, y),
    find: async (words, signal) => offered(await api.search(words, lang, scopeOf(config, view), signal), config),
    onFound: (found) => travel.toFound(found),
    onLocate() {
      const { selected, mark } = view;
      return () => view.selected === selected && view.mark === mark;
    },
    onPlace: (place, kind, name) => travel.toPlace(place, kind, name),
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
    areaCore: area?.core ?? null,
    district: part,
    isGuest: config.embed !== undefined,
    scheme,
    api,
    data,
    // What is drawn stays as it is until all of the other form has come.
    formAsked: () => asking.picture?.form ?? formOf(view, window.innerWidth),
    onChoose: (code) => choose(code, false),
    onTooltip: board.showTooltip,
    onReach: board.announcePlace,
    onMove: (camera) => {
      isStep = false;
      view = { ...view, camera };
      writeAddress('replaceState');
    },
    onState: () => {
      // Without WebGL equal cells stand in, for which the layout is still to be asked.
      if (surface.problem === 'webgl' && !asking.picture?.layout && asking.problem === null) void asking.refresh();
      else report();
    },
    onMap: (map) => {
      root.hlpMap = map;
    },
  });
  const asking = createAsking({
    config, api, data, formFor: surface.formFor, onCome: take, onLost: goBack,
    read: () => view,
    onChange() {
      report();
      updateBoard();
    },
  });
  const travel = createTravel({
    config, messages, api, surface,
    read: () => view,
    change(wish, andShow) {
      chosen.aim(andShow ? 'found' : null);
      change(wish);
    },
    onHere: (place) => marked.setHere(place),
    nameOf: (khoroo) => `${districtName(khoroo, reader)}, ${nameIn(lang, khoroo)}`,
  });
  const chosen = createChosen({
    api, data, config, surface, read: asking.seen, unit: chosenUnit, isShown: () => !handover.live.inert, onChange: updateBoard,
  });
  const marked = createMarked({ api, lang, messages, onChange: draw });
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
    onDated: updateBoard,
    onChange() {
      updateBoard();
      report();
      if (contact.online) asking.followWindow();
    },
  });
  const { report } = createReporter(root, {
    read: () => ({
      problem: asking.problem ?? surface.problem,
      hasFigures: !asking.pending,
      hasPicture: surface.stands,
      drawing: surface.drawing,
      offline: !contact.online,
      empty: isEmpty,
    }),
    onMessage: (message) => board.showMessage(message, asking.failed),
    onState(state, before, slow) {
      if (state === 'loading') return handover.say(slow ? 'slow' : 'loading');
      const isWaitingForCells = surface.problem === 'webgl' && !surface.stands && asking.problem === null;
      const problem = asking.problem ?? surface.problem;
      if (!handover.done && !isWaitingForCells) {
        handover.reveal(problem === null ? messages.mapIsReady : messages.states[problem]);
        void contact.ask();
      }
      guest?.report(state, problem);
      if (state === 'ready' && before === 'loading') player.drawn(view.cycle);
      if (state === 'error') player.stop();
      chosen.go();
    },
  });

  // Changes of the view

  function change(wish: Partial<View>): void {
    player.stop();
    unread = [];
    // Letters of a filter are no steps to go back through.
    apply(permitted(wish, config, view), 'filter' in wish ? 'replaceState' : 'pushState');
  }

  function onSet(wish: Partial<View>): void {
    player.stop();
    apply(wish, 'replaceState');
  }

  function onSelect(code: string | null): void {
    const known = asking.pending ? undefined : asking.picture?.table;
    wanted = known ? null : code;
    if (!known && code !== null) return;
    if (code === null || known?.units.some((unit) => unit.code === code && !isBeside(unit, part))) choose(code, true);
    else guest?.refuse();
  }

  function apply(wish: Partial<View>, how: 'pushState' | 'replaceState'): void {
    if (wish.cycle !== undefined) beside = null;
    // A khoroo is none of the districts.
    const isOtherLevel = wish.level !== undefined && wish.level !== view.level;
    if ('form' in wish && !('camera' in wish)) chosen.aim('seen');
    view = { ...view, ...(isOtherLevel ? { selected: null } : {}), ...(wish.cycle === undefined ? {} : { vintage: null }), ...wish };
    writeAddress(how);
    // Rows of the table are other, nothing that is painted; but the table takes its room from the map.
    if (!Object.keys(wish).every((key) => OF_ROWS.has(key))) return void asking.refresh();
    updateBoard();
    if ('table' in wish) chosen.come('seen');
  }

  function choose(code: string | null, andShow: boolean): void {
    chosen.aim(andShow ? 'listed' : 'pressed');
    if (code !== view.selected) {
      view = { ...view, selected: code, mark: null };
      asking.choose(code);
      writeAddress('pushState');
    } else if (!andShow) {
      return;
    }
    draw();
    void chosen.describe();
  }

  function play(): void {
    if (player.playing) return player.stop();
    if (!media.still) return player.start(view.cycle);
    const next = nextOf(choices.cycles, view.cycle) ?? choices.cycles[0];
    if (next !== undefined) change({ cycle: next });
  }

  function writeAddress(how: 'pushState' | 'replaceState'): void {
    // Steps in a frame are none in the history of the page around.
    if (guest) return guest.show(view);
    const { search, hash } = writeView(view, location.search, choices);
    steps.write(how, location.pathname + search + hash);
    board.setLanguageLink(pathInLanguage(location.pathname, base, otherLang) + search + hash);
  }

  // Figures

  function take({ table, districts }: Picture, unasked: boolean): void {
    if (!unasked) steps.arrived();
    if (isStep) toPlaceOfStep(table.level);
    isStep = false;
    if (view.within !== null && !table.units.some(({ district }) => district === view.within)) {
      unread = [...unread, { name: 'in', given: view.within }];
      view = { ...view, within: null };
      writeAddress('replaceState');
    }
    reader = withDistricts(reader, districts);
    draw();
    if (wanted !== null) onSelect(wanted);
    void chosen.describe();
  }

  /** To where the visitor had gone on the map; where they had gone nowhere, to what is first seen. */
  function toPlaceOfStep(level: Level): void {
    if (view.camera) return surface.moveTo(view.camera);
    surface.fitFrame(level, false);
    chosen.aim('stepped');
  }

  /** To what is still on screen; of a step, the rest is read again where it started. */
  function goBack(to: View | null): void {
    isStep = false;
    if (to === null) return;
    view = { ...asPictured(view, to), selected: to.selected };
    if (!steps.undo()) writeAddress('replaceState');
  }

  /** Takes a new revision in once all that is shown has come; until then what was there stays. */
  async function renew(): Promise<boolean> {
    const now = await asking.renew();
    if (now === null) return false;
    outdated = offersOthers(config, now);
    chosen.expire();
    // What the visitor is told of as not come is still to be had with a press.
    await asking.refresh(asking.failed !== null);
    board.announce(messages.updated);
    return true;
  }

  async function retry(): Promise<void> {
    data.forget();
    surface.retry();
    if (steps.again()) return;
    const { failed } = asking;
    if (failed) {
      view = { ...asPictured(view, failed), selected: failed.selected };
      writeAddress('replaceState');
    }
    await asking.refresh();
  }

  // What is on screen

  function draw(): void {
    updateBoard();
    const picture = asking.toDraw();
    if (picture) surface.draw({ ...picture, marks: marked.marks(view.mark), reader, scheme });
  }

  function updateBoard(): void {
    const now = asking.seen();
    const { picture } = asking;
    const shown = drawn(config, now);
    const unit = chosenUnit();
    board.update({
      view: now,
      shown,
      form: surface.form,
      wish: { view, form: asking.pending ? asking.nextForm() : surface.form },
      room: media.room,
      beside,
      unread,
      landmark: marked.nameOf(view.mark),
      reader,
      scheme,
      table: picture?.table ?? null,
      copies: picture?.copies ?? null,
      unit,
      details: unit ? chosen.detailsOf(unit, shown, now.cycle) : null,
      playing: player.playing,
      stepwise: media.still,
      freshness: contact.freshness,
      asOf: contact.publishedAt === null ? '' : formatMoment(contact.publishedAt, lang),
      outdated,
    });
    surface.resize();
  }

  function chosenUnit(): Unit | undefined {
    return asking.picture?.table.units.find((unit) => unit.code === view.selected);
  }

  // The world outside

  function readAddress() {
    return readInPart(readView(location.search, location.hash, choices), misread(location.search, choices), part);
  }

  window.addEventListener('popstate', ({ state }) => {
    const isVisitors = steps.took(state);
    ({ view, unread } = readAddress());
    writeAddress('replaceState');
    if (!isVisitors && !asking.awaited) {
      draw();
      return void chosen.describe();
    }
    player.stop();
    isStep = true;
    void asking.refresh();
  });
  window.addEventListener('resize', () => {
    updateBoard();
    asking.followWindow();
  });

  if (view.camera === null) chosen.aim('seen');
  writeAddress('replaceState');
  if (!isEmpty) surface.prepare(drawn(config, view).vintage, view.camera);
  void asking.refresh();
}
