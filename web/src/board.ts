// Everything on the page but the two forms of the map: title, legend, figures, table, controls,
// messages.
//
// `update` takes the whole state and hands each panel its part; wishes of the visitor go out through
// the callbacks. It asks the server for nothing and knows no address but the pages'.

import { render } from 'lit/html.js';
import { createAnnouncer } from './announcer';
import type { Api, Copy, Findings, Found } from './api';
import { choicesOf, type Config, type Vintage } from './config';
import type { Place } from './coordinates';
import { countsReplications, type Drawn, drawn } from './drawn';
import { exchangesOf } from './exchange';
import { createFrame, type Frame } from './frame';
import type { Freshness } from './freshness';
import { type Messages, nameIn, titleIn } from './i18n';
import { misreadOf } from './in_vain';
import type { LandmarkName } from './marked';
import { createControls, type Room } from './panels/controls';
import { createFigures, type PlaceState } from './panels/figures';
import { createHeading } from './panels/heading';
import { createLegend } from './panels/legend';
import { createMapButtons, type MapButtonsOptions } from './panels/map_buttons';
import { createMessage } from './panels/message';
import { createNotes } from './panels/notes';
import { createNotices } from './panels/notices';
import { createSearch } from './panels/search';
import { createShare } from './panels/share';
import { sourceLinks } from './panels/sources';
import { createTable } from './panels/table';
import { createTimeline } from './panels/timeline';
import { createTooltip, type TooltipState } from './panels/tooltip';
import { areaIn, districtOf, ownOf } from './part';
import { embedAddress, type PictureFormat, pictureAddress } from './picture_address';
import { placeAddress } from './place_address';
import { createPrintSheet, type PrintSheetOptions } from './print_sheet';
import type { PlaceDetails } from './place';
import {
  cellText, districtAverage, districtName, enteredText, factFigures, isReported, linesText, placeName, populationYears, type Reader, readings,
  stepFigures, totalReadings, trendOf,
} from './present';
import { chosenUnits, csvRows, rowsOf, totalRow } from './rows';
import type { Form, Misread, View } from './state';
import type { Message } from './status';
import type { PlaceKind } from './travel';
import type { Scheme } from './style/theme';
import { countClasses, type Unit, type ValueTable } from './values';

export interface BoardOptions extends Omit<MapButtonsOptions, 'messages'> {
  config: Config;
  messages: Messages;
  otherLang: string;
  onChange(wish: Partial<View>): void;
  /** `andShow`: from a list, so that the map should go there. */
  onChoose(code: string | null, andShow: boolean): void;
  onHover(code: string | null): void;
  onPlay(): void;
  /** Puts the keyboard on what is drawn. */
  onToMap(): void;
  onRetry(): void;
  askPicture: PrintSheetOptions['ask'];
  pictureAt(path: string): string | null;
  paper: Api['paper'];
  onPaper(isOnPaper: boolean): void;
  find(words: string, signal: AbortSignal): Promise<Findings>;
  onFound(found: Found): void;
  /** Called while the reader's position is waited for: false once they have gone elsewhere. */
  onLocate(): () => boolean;
  onPlace(place: Place, kind: PlaceKind, name: string): Promise<string>;
}

export interface BoardState {
  /** What is on screen. */
  view: View;
  /** What was chosen, which may still be on its way. */
  wish: { view: View; form: Form };
  shown: Drawn;
  form: Form;
  room: Room;
  /** The vintage that the address names, where it cannot be shown. */
  beside: Vintage | null;
  /** What it asks for in vain. */
  unread: readonly Misread[];
  /** Name of the landmark that is marked. */
  landmark: LandmarkName | null;
  reader: Reader;
  scheme: Scheme;
  /** Figures of the view; `null` before the first have come. */
  table: ValueTable | null;
  /** What was copied from whom; `null` unless the lines are asked for. */
  copies: readonly Copy[] | null;
  unit: Unit | undefined;
  details: PlaceDetails | null;
  playing: boolean;
  stepwise: boolean;
  freshness: Freshness;
  asOf: string;
  /** The server has other cycles, themes or boundaries than the page offers. */
  outdated: boolean;
}

export interface Board {
  readonly frame: Frame;
  update(state: BoardState): void;
  /** Address of the same view in the other language. */
  setLanguageLink(href: string): void;
  /** `failed` is the view that did not come, while another one stands. */
  showMessage(message: Message, failed: View | null): void;
  showTooltip(words: TooltipState | null): void;
  /** Says a sentence to screen readers. */
  announce(sentence: string): void;
  /** Says what the keyboard has come to; only the last such place. */
  announcePlace(sentence: string): void;
}

const NO_BREAK_SPACE = '\u00a0';

export function createBoard(root: HTMLElement, options: BoardOptions): Board {
  const { config, messages, otherLang, onChange, onChoose } = options;
  const { lang, base } = config;
  const choices = choicesOf(config);
  const home = `${base}/${lang}`;
  const area = config.embed?.area;
  const part = area ? districtOf(area.code) : null;
  const common = { lang, messages };
  let state: BoardState | null = null;
  /** What is said above the map, and the view that did not come. */
  let told: { kind: Message; failed: View | null } = { kind: null, failed: null };
  /** For which choice and order of rows the chosen one was last brought into sight. */
  let revealed: string | null = null;
  let isFirst = true;

  root.classList.toggle('bare', config.vintages.length === 0);
  const frame = createFrame(root, {
    messages, home, otherLang, isGuest: config.embed !== undefined, onToggleTable, onSkip,
  });
  const announcer = createAnnouncer((words) => {
    frame.status.textContent = words;
  });
  const heading = createHeading(frame.heading);
  const notes = createNotes(frame.notes, { ...common, sources: config.context ?? [] });
  render(sourceLinks(config.context ?? []), frame.sources);
  const legend = createLegend(frame.legend, { ...common, onLayers: (layers) => onChange({ layers }) });
  const notices = createNotices(frame.notices, { messages, onReload: () => location.reload() });
  const message = createMessage(frame.message, { messages, onRetry: options.onRetry });
  const tooltip = createTooltip(frame.tooltip);
  const controls = createControls(frame.controls, {
    ...common, measures: config.measures, themes: config.themes, onChange,
  });
  const timeline = createTimeline(frame.timeline, {
    ...common,
    cycles: config.cycles,
    vintages: config.vintages,
    isPart: config.embed?.area != null,
    onCycle: (cycle) => onChange({ cycle }),
    onPlay: options.onPlay,
  });
  const figures = createFigures(frame.figures, { messages, onClose: leavePlace, onChoose: (code) => onChoose(code, true) });
  const mapButtons = createMapButtons(frame.mapButtons, options);
  const twin = createTable(frame.table, {
    messages,
    onChoose: (code) => onChoose(code, true),
    onHover: options.onHover,
    onOrder: (order) => onChange({ order }),
    onFilter: (filter) => onChange({ filter }),
    onWithin: (within) => onChange({ within }),
    onDownload: () => void download(),
    onClose: () => {
      onChange({ table: false });
      frame.tableToggle.focus();
    },
  });
  createSearch(frame.search, { ...common, find: options.find, onFound: options.onFound, onLocate: options.onLocate, onPlace: options.onPlace });
  const sheet = createPrintSheet({ ask: options.askPicture });
  const paper = options.paper?.(frame.stage, options.onPaper) ?? null;
  const print = async (): Promise<boolean> => (await paper?.print()) || sheet.print();
  const share = createShare(frame.share, { messages, onCopied: announcer.tell, print });
  // Lists and menus have taken the key before; the pointer's words go even where the keyboard is nowhere.
  document.addEventListener('keydown', ({ key, target }) => {
    if (key !== 'Escape' || tooltip.dismiss()) return;
    const isMeant = target instanceof Element && root.contains(target) && !target.matches('input, select');
    if (isMeant && frame.figures.classList.contains('open')) leavePlace();
  });

  /** The table lies several stops further on, so that the keyboard is taken there. */
  function onToggleTable(isByKeyboard: boolean): void {
    onChange({ table: !state?.view.table });
    if (isByKeyboard && !frame.table.hidden) twin.focus();
  }

  function onSkip(to: 'map' | 'table'): void {
    if (to === 'map') return options.onToMap();
    if (!state?.view.table) onChange({ table: true });
    frame.table.querySelector<HTMLElement>('.table-scroll')?.focus();
  }

  /** The keyboard stays where it is; where that goes away with the place, it goes on from the table's button. */
  function leavePlace(): void {
    const goesToo = frame.figures.contains(document.activeElement);
    onChoose(null, false);
    if (goesToo) frame.tableToggle.focus();
  }

  /** The units of the part of the city that the figures in the title are of. */
  function seen(table: ValueTable): ValueTable {
    if (!area) return table;
    const isSeen = ({ code, district }: Unit): boolean => code === area.code || district === area.code;
    const units = table.units.filter(isSeen);
    // Where districts are shown, a khoroo's is.
    return { ...table, units: units.length > 0 ? units : ownOf(table, part).units };
  }

  function titleOfCycle(id: string): string {
    const cycle = config.cycles.find((c) => c.id === id);
    return cycle ? titleIn(lang, cycle) : id;
  }

  /** Words with the cycle that they are of, or with the boundaries on which there was none. */
  function withCycle(words: string, { cycle, vintage }: View): string {
    const lines = config.vintages.find(({ id }) => id === vintage);
    if (lines) return `${words}, ${titleIn(lang, lines)}`;
    return config.cycles.length === 0 ? words : `${words}, ${titleOfCycle(cycle)}`;
  }

  function titleOf({ view, shown }: Pick<BoardState, 'view' | 'shown'>): string {
    const name = messages.measureTitles[shown.measure] ?? shown.measure;
    const theme = config.themes.find(({ code }) => code === shown.theme);
    const counted = [shown.rate === 'per10000' ? messages.ofRate(name) : name, theme ? `(${nameIn(lang, theme)})` : ''];
    const title = withCycle(messages.title(counted.join(' ').trim(), shown.level), view);
    return area ? `${title}: ${area.name}` : title;
  }

  /** What a unit's figure is of: measure, how it is counted, cycle. */
  function wordsOf({ view, shown }: BoardState, names: Record<string, string>): string {
    const name = names[shown.measure] ?? shown.measure;
    return withCycle(shown.rate === 'per10000' ? `${name}, ${messages.rates.per10000.toLowerCase()}` : name, view);
  }

  /** What the city's figures are of: units, rate, theme; or why there are none. */
  function baseOf({ view, shown }: BoardState, table: ValueTable): string {
    if (config.cycles.length === 0) return messages.noCycles;
    if (view.vintage !== null) return table.notes[0]?.[lang] ?? NO_BREAK_SPACE;
    const years = populationYears(table, view.cycle).join(', ');
    return [
      ...(shown.rate === 'per10000' ? [messages.rates.per10000.toLowerCase()] : []),
      messages.base(isReported(table, view.cycle) ? 1 : 0, table.units.length, shown.level),
      ...(shown.rate === 'per10000' ? [messages.per10000(years)] : []),
    ].join(' · ');
  }

  function placeState(next: BoardState, table: ValueTable): PlaceState | null {
    const { view, shown, reader, unit, details } = next;
    if (!unit) return null;
    const words = wordsOf(next, messages.measures).toLowerCase();
    const average = details?.districts ? districtAverage(unit, table, details.districts, view.cycle, reader) : null;
    const href = placeAddress(home, shown.level, unit.code, shown.vintageInfo);
    const isVisited = shown.level === 'khoroo' && shown.vintageInfo?.in_force === true;
    const points = config.cycles.map(({ id }) => ({ id, title: titleOfCycle(id), table: details?.cycles.get(id) }));
    return {
      title: placeName(unit, table, reader),
      href,
      partners: isVisited ? `${href}#partners` : null,
      readings: readings(unit.cells.get(view.cycle), table, words, reader),
      average: average && messages.districtAverage(districtName(unit, reader), average.text),
      entered: enteredText(shown, details?.progress?.entered ?? null, messages),
      exchanges: details?.copies ? exchangesOf(unit, table, details.copies, { home, part, vintage: shown.vintageInfo }, reader) : [],
      trend: trendOf(unit.code, points, view.cycle, reader),
      crosses: shown.level === 'khoroo' && new Set(config.cycles.map(({ vintage }) => vintage)).size > 1,
      steps: details?.progress ? stepFigures(details.progress.steps, reader) : null,
      facts: details?.facts ? factFigures(details.facts, reader) : null,
    };
  }

  function update(next: BoardState): void {
    state = next;
    const { view, shown, reader, table, unit, scheme } = next;
    const title = titleOf(next);
    const totals = table ? totalReadings(seen(table), area?.code ?? null, view.cycle, reader) : [];
    document.title = `${title} · ${messages.siteName}`;
    // A space keeps the line's height, so that nothing jumps when the figures come.
    heading.update({ title, totals, base: table && seen(table).units.length !== 1 ? baseOf(next, seen(table)) : NO_BREAK_SPACE });
    controls.update({ ...next.wish, room: next.room });
    const picture = (format: PictureFormat) =>
      options.pictureAt(pictureAddress({ lang, view, shown, form: next.form, area: areaIn(area?.code ?? null, table) }, format));
    // A ready file marks no place.
    const onSheet = paper !== null && view.selected !== null ? null : picture('svg');
    const isPage = paper?.update(onSheet === null ? next : null) ?? false;
    share.update({ embed: config.is_twin ? null : embedAddress({ base, lang, view }, choices), picture, isPrinted: isPage || onSheet !== null });
    timeline.update({ cycle: next.wish.view.cycle, playing: next.playing, stepwise: next.stepwise });
    const remarks = table?.notes.map((note) => note[lang]) ?? [];
    notes.update({ vintage: shown.vintageInfo, withoutLines: shown.withoutLines, beside: next.beside, remarks });
    showMessages(next);
    mapButtons.update({
      part: area?.name ?? null,
      hasCore: (area?.core ?? null) !== null,
      district: unit && unit.district !== area?.code ? districtName(unit, reader) : null,
      khoroo: unit && shown.level === 'khoroo' && unit.code !== area?.code ? nameIn(lang, unit) : null,
    });
    sheet.update(onSheet, table);
    showTable(view.table);
    if (table === null) return;

    const cell = unit?.cells.get(view.cycle);
    const average = unit && next.details?.districts
      ? districtAverage(unit, table, next.details.districts, view.cycle, reader) : null;
    legend.update({
      table,
      counts: countClasses(ownOf(table, part), view.cycle),
      scheme,
      marked: cell?.class ?? null,
      average: average?.place ? { ...average.place, text: messages.average(average.text) } : null,
      layers: next.wish.view.layers,
      lines: linesOf(next, table),
      form: next.form,
      remark: shown.isHalf ? messages.notCounted : null,
    });
    const hint = shown.level === 'khoroo' ? messages.chooseHint : messages.chooseHintDistrict;
    figures.update({ hint, landmark: next.landmark, place: placeState(next, table) });
    if (view.table) updateTable(next, ownOf(table, part), title);
    const sentence = unit
      ? messages.sentence(placeName(unit, table, reader), cellText(cell, table, reader), wordsOf(next, messages.measureTitles))
      : [title, ...totals.map(({ value, label }) => `${value} ${label}`.trim())].join(': ');
    if (isFirst && !unit) announcer.assume(sentence);
    else announcer.show(sentence);
    isFirst = false;
  }

  /** What is said of the replication lines that are shown. */
  function linesOf({ view, unit, copies, form, reader }: BoardState, table: ValueTable): string | null {
    if (view.layers.includes('replications') && !countsReplications(config, view.cycle)) return messages.linesNotCounted;
    return unit && copies ? linesText(unit, table, copies, { form, part }, reader) : null;
  }

  function updateTable({ view, shown, reader }: BoardState, table: ValueTable, title: string): void {
    const units = chosenUnits(table, view, reader);
    const { identifications = '', replications = '' } = messages.measures;
    const ofRate = (name: string): string => (table.rate === 'per10000' ? messages.ofRate(name) : name);
    const names = table.measure === 'bivariate' ? [identifications, replications] : [messages.measures[table.measure] ?? messages.columns.value];
    const heads = names.map(ofRate);
    twin.update({
      caption: messages.tableCaption(title),
      level: shown.level,
      order: view.order,
      rows: rowsOf(table, units, view.cycle, reader),
      n_all: table.units.length,
      total: totalRow(table, units, view, reader),
      figures: heads,
      filter: view.filter,
      within: view.within,
      districts: [...reader.districts].map(([code, name]) => ({ code, name })).filter(({ code }) => part === null || code === part),
      selected: view.selected,
    });
    // Not with every new figure: whoever reads elsewhere in the table stays there.
    const sight = JSON.stringify([view.selected, view.order, view.filter, view.within]);
    if (view.selected && sight !== revealed) twin.reveal(view.selected);
    revealed = sight;
  }

  async function download(): Promise<void> {
    if (!state?.table) return;
    const { table, view, reader } = state;
    const { saveCsv } = await import('./csv');
    const rate = table.rate === 'count' ? '' : table.rate;
    const words = ['hlp', table.measure, view.cycle, `${table.level}s`, table.theme ?? '', rate].filter((word) => word !== '');
    saveCsv(words.join('-'), csvRows(table, chosenUnits(table, view, reader), view.cycle, reader));
  }

  /** Bands under the head, and what is said above the map. That there is no answer is said once, with all that it means. */
  function showMessages(now: BoardState | null): void {
    const { kind, failed } = told;
    const isSaid = kind === 'offline' || (kind === 'data' && now?.freshness === 'unreachable');
    const asOf = isSaid && now?.table && now.asOf !== '' ? messages.asOf(now.asOf) : '';
    message.update(kind, failed && titleOf({ view: failed, shown: drawn(config, failed) }), asOf);
    if (now === null) return;
    notices.update({
      illustrative: now.table?.illustrative ?? config.illustrative, freshness: isSaid ? 'fresh' : now.freshness, asOf: now.asOf,
      misread: misreadOf(now, { config, messages, titleOfCycle, districts: now.reader.districts }), outdated: now.outdated,
    });
  }

  function showTable(open: boolean): void {
    frame.table.hidden = !open;
    if (!open) revealed = null;
    frame.tableToggle.textContent = open ? messages.hideTable : messages.showTable;
    frame.tableToggle.setAttribute('aria-expanded', String(open));
  }

  return {
    frame,
    update,
    announce: announcer.tell,
    announcePlace: announcer.reach,
    setLanguageLink(href) {
      frame.language.href = href;
    },
    showMessage(kind, failed) {
      told = { kind, failed };
      showMessages(state);
    },
    showTooltip: tooltip.update,
  };
}

