// Both forms of the map in one place: the real map with its frames, and the equal cells.
//
// It draws what it is handed in the form that is asked for, and speaks of units by code. Where the
// browser cannot draw the map, equal cells stand in for it.

import { type Api, ApiError, type Box, type CellLayout, type Copy, type District } from './api';
import { contains, innermost } from './apart';
import type { Data } from './data';
import { partOf, wholeFrame, withoutCells } from './cell_grid';
import type { CellLink } from './cell_links';
import type { Frame } from './frame';
import { type Margins, marginsOf, type Rect } from './free_part';
import type { Lang, Messages } from './i18n';
import { loadInsets } from './inset_loader';
import { letterScale } from './letters';
import type { MapHandle } from './map';
import type { MarkedPlace } from './map_mark';
import { createMapStage } from './map_stage';
import { createCells } from './panels/cells';
import { createInsets, type Inset } from './panels/insets';
import type { TooltipPoint, TooltipState } from './panels/tooltip';
import { isBeside } from './part';
import { cellText, linesOf, paints, placeName, type Reader } from './present';
import type { Camera, Form, Level, View } from './state';
import type { Problem } from './status';
import { type Scheme, THEMES } from './style/theme';
import type { Unit, ValueTable } from './values';

export interface SurfaceOptions {
  frame: Frame;
  lang: Lang;
  messages: Messages;
  scheme: Scheme;
  /** The built-up core of the city; `null` where nothing has lines. */
  core: Box | null;
  /** What is first seen instead of the city. */
  area: Box | null;
  /** Its built-up part, where that is not all of it. */
  areaCore: Box | null;
  /** Code of the district that is shown alone: the only one with cells, with colours, and to choose from. */
  district: string | null;
  /** In a frame on another site: the wheel belongs to the page around. */
  isGuest: boolean;
  api: Api;
  data: Data;
  /** The form that the visitor or the window asks for. */
  formAsked(): Form;
  onChoose(code: string | null): void;
  onTooltip(words: TooltipState | null): void;
  /** What the keyboard has come to on the real map. */
  onReach(text: string): void;
  onMove(camera: Camera): void;
  /** What is drawn, or what failed, is another than before. */
  onState(): void;
  onMap(map: MapHandle['map']): void;
}

export interface SurfaceState {
  view: View;
  table: ValueTable;
  /** Of the table's vintage; only needed for equal cells. */
  layout: CellLayout | null;
  /** What was copied from whom; `null` unless the lines are asked for. */
  copies: readonly Copy[] | null;
  /** Between the cells; none unless they are asked for. */
  links: readonly CellLink[];
  districts: readonly District[];
  /** Places that are marked on the map. */
  marks: readonly MarkedPlace[];
  reader: Reader;
  scheme: Scheme;
}

export interface Surface {
  /** The form that is on screen. */
  readonly form: Form;
  /** The form that can be drawn of one that is asked for. */
  formFor(asked: Form): Form;
  readonly problem: Problem | null;
  readonly drawing: boolean;
  /** Something is on screen. */
  readonly stands: boolean;
  /** Starts on the way to what will be drawn of a vintage, before there are figures. */
  prepare(vintage: string, camera: Camera | null): void;
  draw(state: SurfaceState): void;
  /** Shows the zones of the form with what belongs to them; the map fits itself into its own. */
  resize(): void;
  /** Puts the keyboard on the map, or on the cell that it would come to. */
  focus(): void;
  setScheme(scheme: Scheme): void;
  hover(code: string | null): void;
  retry(): void;
  fit(box: Box): void;
  /** Goes to a unit, whose box only the map needs. */
  show(code: string, box: Box | null): void;
  /** Moves, as little as it has to, only where the unit is not in view; `wished` as of a move that the visitor made; `withPage`, the page may move too. */
  reveal(code: string, box: Box | null, how: { wished: boolean; isPressed: boolean; size_min_px: number; withPage: boolean }): void;
  /** Goes to what is first seen; `wished` as above. */
  fitFrame(level: Level, wished: boolean): void;
  moveTo(camera: Camera): void;
  zoomBy(levels: number): void;
  panBy(x: number, y: number): void;
}

export function createSurface(options: SurfaceOptions): Surface {
  const { frame, messages, data, formAsked, onChoose, onTooltip, onState } = options;
  let state: SurfaceState | null = null;
  let insets: readonly Inset[] = [];
  /** Districts whose frame did not come. */
  let missing: readonly Box[] = [];
  /** What the pointer is over in a frame. */
  let inFrame: { id: number; point: TooltipPoint } | null = null;
  let formDrawn: Form | null = null;
  /** What the frames were made from; districts are others after a new revision. */
  let insetsOf: { vintage: string; level: Level; districts: readonly District[] } | null = null;
  let seen: Box | null = null;
  let cellsDrawn = false;
  let askedInsets = new AbortController();

  const stage = createMapStage(frame.map, {
    ...options,
    covered,
    margins: () => marginsOf(frame.field.getBoundingClientRect(), letterScale(), null),
    onState() {
      showButtons();
      onState();
    },
    onChoose(id) {
      const unit = unitOf(id);
      onChoose(unit && !isBeside(unit, options.district) ? unit.code : null);
    },
    onHover: ({ id, practice, point }) => {
      // A map that is away still has its pointer taken off it.
      if (form() === 'map') speak(unitOf(id), point, { practice });
    },
    onRest(id) {
      const unit = unitOf(id);
      options.onReach(unit ? wordsOf(unit) : messages.outsideCity);
    },
    onView: (box) => {
      const before = framesProblem();
      seen = box;
      drawInsets();
      if (framesProblem() !== before) onState();
    },
  });
  const cells = createCells(frame.cells, {
    messages,
    onChoose,
    onHover(hovered) {
      if (hovered === null) return onTooltip(null);
      speak(state?.table.units.find(({ code }) => code === hovered.code), hovered.at, { stays: hovered.stays });
    },
  });
  const insetPanel = createInsets(frame.insets, {
    messages,
    onGo: (box) => stage.fit(box, margins()),
    onChoose: (id) => onChoose(unitOf(id)?.code ?? null),
    onHover: (id, event) => {
      const own = frame.field.getBoundingClientRect();
      inFrame = id === null ? null : { id, point: { x: event.clientX - own.left, y: event.clientY - own.top } };
      if (inFrame) speak(unitOf(id), inFrame.point);
      else onTooltip(null);
    },
  });

  /** Says what a unit is called and its figure, where it is pointed at. */
  function speak(unit: Unit | undefined, point: TooltipPoint, { practice = null, stays = false }: { practice?: string | null; stays?: boolean } = {}): void {
    const text = [practice, unit ? wordsOf(unit) : null].filter((words) => words !== null).join(' · ');
    onTooltip(text === '' ? null : { of: `${practice ?? ''}/${unit?.code ?? ''}`, text, point, stays });
  }

  function unitOf(id: number | null): Unit | undefined {
    return state?.table.units.find((unit) => unit.id === id);
  }

  function wordsOf(unit: Unit): string {
    if (!state) return '';
    const { table, view, reader } = state;
    if (isBeside(unit, options.district)) return placeName(unit, table, reader);
    return `${placeName(unit, table, reader)}: ${cellText(unit.cells.get(view.cycle), table, reader)}`;
  }

  /** Nothing to zoom or move where nothing came. */
  function showButtons(): void {
    frame.mapButtons.hidden = form() !== 'map' || (stage.problem !== null && !stage.stands);
  }

  /** Cells that the page does not scroll. */
  const scrollsItself = (): boolean => frame.cells.scrollHeight > frame.cells.clientHeight;

  const formFor = (asked: Form): Form => (stage.problem === 'webgl' ? 'cells' : asked);
  const form = (): Form => formFor(formAsked());

  /** What buttons and frames take of the map. */
  function covered(): Rect[] {
    const field = frame.field.getBoundingClientRect();
    return [...frame.mapButtons.children, ...frame.insets.children].map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return { left: left - field.left, top: top - field.top, right: right - field.left, bottom: bottom - field.top };
    }).filter(({ left, right }) => right > left);
  }

  /** What they leave of it. */
  function margins(): Margins {
    const field = frame.field.getBoundingClientRect();
    const corner = frame.insets.getBoundingClientRect();
    const isFree = corner.width === 0 || corner.height === 0;
    return marginsOf(field, letterScale(), isFree ? null : { width: corner.right - field.left, height: field.bottom - corner.top });
  }

  function chosenId({ table, view }: SurfaceState): number | null {
    return table.units.find(({ code }) => code === view.selected)?.id ?? null;
  }

  /** The chosen place if it has lines: where it has none, those of all stay. */
  function ownLines({ table, view, copies }: SurfaceState): string | null {
    const unit = table.units.find(({ code }) => code === view.selected);
    if (!unit || !copies) return null;
    const { n_to, n_from, n_within } = linesOf(unit, copies, { form: form(), part: options.district });
    return n_to + n_from + n_within > 0 ? unit.code : null;
  }

  function drawMap(next: SurfaceState): void {
    const { table, view, scheme } = next;
    const { layers, cycle, theme, camera } = view;
    stage.show({
      vintage: table.vintage,
      level: table.level,
      paints: paints(table, cycle, scheme, options.district),
      selected: chosenId(next),
      records: { layers, cycle, theme, own: ownLines(next), within: options.district },
      marks: next.marks,
      districts: next.reader.districts,
    }, camera);
    drawInsets();
    void askInsets(next);
  }

  function drawCells(next: SurfaceState): void {
    const { table, view, scheme, reader, layout, links, districts } = next;
    if (layout?.vintage !== table.vintage) return;
    const { district } = options;
    const whole = table.level === 'district' ? withoutCells(layout) : layout;
    cells.update({
      ...(district === null ? { layout: whole, frame: wholeFrame(whole) } : partOf(layout, district)),
      links,
      linesOf: ownLines(next),
      linkColour: THEMES[scheme].record,
      level: table.level,
      paints: paints(table, view.cycle, scheme),
      words: new Map(table.units.map((unit) => [unit.code, wordsOf(unit)])),
      ids: new Map(table.units.map((unit) => [unit.code, unit.id])),
      districts: reader.districts,
      selected: view.selected,
      core: innermost(districts),
    });
    cellsDrawn = false;
    onState();
    requestAnimationFrame(() => {
      cellsDrawn = true;
      onState();
    });
  }

  /** The frames in hand are of the boundaries and the level of these figures: ids are those of other ground among others. */
  const fits = ({ table: { vintage, level } }: SurfaceState): boolean => insetsOf?.vintage === vintage && insetsOf.level === level;

  function drawInsets(): void {
    if (!state) return;
    insetPanel.update({
      insets: fits(state) ? insets : [],
      paints: paints(state.table, state.view.cycle, state.scheme),
      selected: chosenId(state),
      isSeen: ({ box }) => isSeen(box),
    });
    if (inFrame === null) return;
    const { id, point } = inFrame;
    const isThere = fits(state) && insets.some(({ box, units }) => !isSeen(box) && units.some((unit) => unit.id === id));
    if (isThere) return speak(unitOf(id), point);
    inFrame = null;
    onTooltip(null);
  }

  /** The map itself shows all of it. */
  const isSeen = (box: Box): boolean => seen !== null && contains(seen, box);

  const framesProblem = (): Problem | null => (state && fits(state) && missing.some((box) => !isSeen(box)) ? 'tiles' : null);

  async function askInsets(of: SurfaceState): Promise<void> {
    const { table, districts, reader } = of;
    // Those on their way are of what was looked at before, also where these are there already.
    askedInsets.abort();
    if (fits(of) && insetsOf?.districts === districts && missing.length === 0) return;
    askedInsets = new AbortController();
    const { signal } = askedInsets;
    const nameOf = (code: string): string => reader.districts.get(code) ?? code;
    try {
      const tiles = await data.tileSet(`boundaries-${table.vintage}`, signal);
      const loaded = await loadInsets(data, districts, tiles, table.level, nameOf, signal);
      if (signal.aborted) return;
      ({ insets, missing } = loaded);
      insetsOf = { vintage: table.vintage, level: table.level, districts };
      drawInsets();
      stage.settle();
      onState();
    } catch (error) {
      // The map needs their addresses too, and tells of it.
      if (!signal.aborted && !(error instanceof ApiError)) throw error;
    }
  }

  return {
    get form() {
      return form();
    },
    formFor,
    get problem() {
      return formAsked() === 'map' ? (stage.problem ?? framesProblem()) : null;
    },
    get drawing() {
      return formAsked() === 'map' ? stage.drawing : !cellsDrawn;
    },
    get stands() {
      return form() === 'map' ? stage.stands : cellsDrawn;
    },
    prepare(vintage, camera) {
      if (formAsked() === 'map') stage.prepare(vintage, camera);
    },
    draw(next) {
      state = next;
      // What is said at a place of the one form is said of nothing in the other.
      if (formDrawn !== form()) {
        inFrame = null;
        onTooltip(null);
      }
      formDrawn = form();
      if (formDrawn === 'map') drawMap(next);
      else drawCells(next);
    },
    resize() {
      const now = form();
      frame.stage.dataset.form = now;
      for (const part of [frame.map, frame.insets, frame.sources]) part.hidden = now !== 'map';
      showButtons();
      frame.cells.hidden = now !== 'cells';
      // Equal cells see for themselves how much room they have.
      if (now === 'map') stage.resize();
    },
    focus() {
      const target = form() === 'cells' ? frame.cells.querySelector<SVGElement>('[role=option][tabindex="0"]') : frame.map.querySelector('canvas');
      (target ?? frame.stage).focus();
    },
    setScheme: stage.setScheme,
    hover(code) {
      if (form() === 'cells') cells.hover(code);
      else stage.hover(state?.table.units.find((unit) => unit.code === code)?.id ?? null);
    },
    retry: stage.retry,
    fit: (box) => stage.fit(box, margins()),
    show(code, box) {
      if (form() === 'map' && box) stage.fit(box, margins());
      // Cells that scroll by themselves; those that the page scrolls would take the visitor away.
      else if (form() === 'cells' && scrollsItself()) cells.reveal(code);
    },
    reveal(code, box, how) {
      if (form() === 'cells') {
        if (how.withPage || scrollsItself()) cells.reveal(code);
        return;
      }
      if (box) stage.reveal(box, { ...how, margins: margins() });
      // In narrow windows the page is longer than they are, and the chosen place covers their lower end.
      if (how.withPage && !options.isGuest) frame.field.scrollIntoView({ block: 'nearest' });
    },
    fitFrame: stage.fitFrame,
    moveTo: stage.moveTo,
    zoomBy: stage.zoomBy,
    panBy: stage.panBy,
  };
}
