// Everything on the page but the map itself: title, legend, figures, table, controls, messages.
//
// `update` takes the whole state and hands each panel its part; wishes of the visitor go out through
// the callbacks. It asks the server for nothing and knows no address but the other language's.

import type { PlaceFacts } from './api';
import type { Config } from './config';
import { drawn } from './drawn';
import { createFrame } from './frame';
import { type Messages, titleIn } from './i18n';
import { createControls } from './panels/controls';
import { createFigures } from './panels/figures';
import { createHeading } from './panels/heading';
import { createLegend } from './panels/legend';
import { createMapButtons, type MapButtonsOptions } from './panels/map_buttons';
import { createMessage, type MessageState } from './panels/message';
import { createNotes } from './panels/notes';
import { createTable } from './panels/table';
import { createTooltip } from './panels/tooltip';
import { cellText, otherFigures, placeName, type Reader, readings, rows, totalReadings } from './present';
import type { Level, View } from './state';
import type { Scheme } from './style/theme';
import { countClasses, type Unit, type ValueTable } from './values';

export interface BoardOptions extends Omit<MapButtonsOptions, 'messages'> {
  config: Config;
  messages: Messages;
  otherLang: string;
  onChange(wish: Partial<View>): void;
  /** `andShow`: from the table, so that the map should go there. */
  onChoose(code: string | null, andShow: boolean): void;
  onRetry(): void;
}

export interface BoardState {
  view: View;
  reader: Reader;
  scheme: Scheme;
  /** Figures of the view; `null` while they are on their way. */
  table: ValueTable | null;
  unit: Unit | undefined;
  facts: PlaceFacts | null;
}

export interface Board {
  /** Where the map goes. */
  readonly map: HTMLElement;
  update(state: BoardState): void;
  /** Address of the same view in the other language. */
  setLanguageLink(href: string): void;
  showMessage(state: MessageState): void;
  showTooltip(at: { unit: Unit; table: ValueTable; cycle: string; reader: Reader; point: { x: number; y: number } } | null): void;
  /** Says a sentence to screen readers. */
  announce(sentence: string): void;
}

/** While somebody moves through the table row by row, only where they stop is said. */
const ANNOUNCE_AFTER_MS = 300;

const NO_BREAK_SPACE = '\u00a0';

export function createBoard(root: HTMLElement, options: BoardOptions): Board {
  const { config, messages, otherLang, onChange, onChoose } = options;
  const { lang } = config;
  const common = { lang, messages };
  let tableIsOpen = false;

  const frame = createFrame(root, { messages, otherLang, onToggleTable: () => onChange({ table: !tableIsOpen }) });
  frame.notice.hidden = !config.illustrative;
  const heading = createHeading(frame.heading);
  const legend = createLegend(frame.legend, common);
  const notes = createNotes(frame.notes, common);
  const message = createMessage(frame.message, { messages, onRetry: options.onRetry });
  const tooltip = createTooltip(frame.tooltip);
  const controls = createControls(frame.controls, {
    ...common,
    measures: config.measures,
    cycles: config.cycles,
    onChange,
  });
  const figures = createFigures(frame.figures, { ...common, onClose: leavePlace });
  const twin = createTable(frame.table, {
    messages,
    onChoose: (code) => onChoose(code, true),
    onOrder: (order) => onChange({ order }),
    onClose: () => {
      onChange({ table: false });
      frame.tableToggle.focus();
    },
  });
  createMapButtons(frame.mapButtons, options).update();
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && frame.figures.classList.contains('open')) leavePlace();
  });

  /** The button that was pressed goes away with the place; the keyboard goes on from the table's. */
  function leavePlace(): void {
    onChoose(null, false);
    frame.tableToggle.focus();
  }

  function titleOfCycle(id: string): string {
    const cycle = config.cycles.find((c) => c.id === id);
    return cycle ? titleIn(lang, cycle) : id;
  }

  /** Words with the cycle that they are of, where there is any. */
  function withCycle(words: string, id: string): string {
    return config.cycles.length === 0 ? words : `${words}, ${titleOfCycle(id)}`;
  }

  function baseOf(n_totals: number, n_units: number, level: Level): string {
    return config.cycles.length === 0 ? messages.noCycles : messages.base(n_totals, n_units, level);
  }

  function update({ view, reader, scheme, table, unit, facts }: BoardState): void {
    const shown = drawn(config, view);
    const measureTitle = messages.measureTitles[view.measure] ?? view.measure;
    const title = withCycle(messages.title(measureTitle, shown.level), view.cycle);
    const totals = table ? totalReadings(table, view.cycle, reader) : [];
    document.title = `${title} · ${messages.siteName}`;
    heading.update({
      title,
      totals,
      // A space keeps the line's height, so that nothing jumps when the figures come.
      base: table ? baseOf(totals.length, table.units.length, shown.level) : NO_BREAK_SPACE,
    });
    controls.update(view);
    notes.update({ vintage: shown.vintageInfo, withoutLines: shown.withoutLines });
    showTable(view.table);
    if (table === null) return;

    const cell = unit?.cells.get(view.cycle);
    frame.notice.hidden = !table.illustrative;
    legend.update({ table, counts: countClasses(table, view.cycle), scheme, marked: cell?.class ?? null });
    const measureWord = (messages.measures[view.measure] ?? view.measure).toLowerCase();
    figures.update({
      hint: shown.level === 'khoroo' ? messages.chooseHint : messages.chooseHintDistrict,
      place: unit
        ? {
            title: placeName(unit, table, reader),
            readings: readings(cell, table, withCycle(measureWord, view.cycle), reader),
            others: facts ? otherFigures(facts, view, titleOfCycle, reader) : [],
            facts,
          }
        : null,
    });
    if (view.table) {
      const { order, selected } = view;
      const caption = messages.tableCaption(title);
      twin.update({ caption, level: shown.level, order, rows: rows(table, view.cycle, order, reader), selected });
      if (selected) twin.reveal(selected);
    }
    if (unit) {
      const figure = withCycle(measureTitle, view.cycle);
      announce(messages.sentence(placeName(unit, table, reader), cellText(cell, table, reader), figure));
    }
  }

  function showTable(open: boolean): void {
    tableIsOpen = open;
    frame.table.hidden = !open;
    frame.tableToggle.textContent = open ? messages.hideTable : messages.showTable;
    frame.tableToggle.setAttribute('aria-expanded', String(open));
  }

  let announcing = 0;
  function announce(sentence: string): void {
    window.clearTimeout(announcing);
    announcing = window.setTimeout(() => {
      if (frame.status.textContent !== sentence) frame.status.textContent = sentence;
    }, ANNOUNCE_AFTER_MS);
  }

  return {
    map: frame.map,
    update,
    announce,
    setLanguageLink(href) {
      frame.language.href = href;
    },
    showMessage(state) {
      message.update(state);
      frame.mapButtons.hidden = state === 'webgl';
    },
    showTooltip(at) {
      if (at === null) return tooltip.update(null);
      const value = cellText(at.unit.cells.get(at.cycle), at.table, at.reader);
      tooltip.update({ text: `${placeName(at.unit, at.table, at.reader)}: ${value}`, point: at.point });
    },
  };
}
