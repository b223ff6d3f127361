// The map of equal cells: one square for each khoroo, or one shape for each district.
//
// A list box to assistive technology: one stop for the keyboard, from which arrow keys move by place;
// each option is called by district, name and value. Numbers lie over lines, so that each can be read; names of
// districts lie on strips of their own. One unit of the drawing is a CSS pixel, so that letters follow the reader's.

import { html, nothing, render, svg, type SVGTemplateResult } from 'lit/html.js';
import type { CellLayout } from '../api';
import { type CellFrame, type Direction, nameHeight, neighbour, ringOf, type Spot, topOf } from '../cell_grid';
import { bow, type CellLink } from '../cell_links';
import type { Messages } from '../i18n';
import { letterScale, watchLetters } from '../letters';
import type { Paints } from '../paint';
import type { Level } from '../state';
import { fillOf, hatchFill, hatchPattern } from './ground';
import type { TooltipPoint } from './tooltip';

export interface CellsState {
  layout: CellLayout;
  /** The part that is looked at. */
  frame: CellFrame;
  level: Level;
  paints: Paints;
  /** What is said of a unit, by code: name and value. */
  words: ReadonlyMap<string, string>;
  /** Feature ids of units, by code. */
  ids: ReadonlyMap<string, number>;
  /** District names, by code. */
  districts: ReadonlyMap<string, string>;
  selected: string | null;
  /** District in which the keyboard starts while nothing is chosen. */
  core: string | null;
  /** Ways that practices went, and their colour; whose alone are drawn, if anybody's. */
  links: readonly CellLink[];
  linesOf: string | null;
  linkColour: string;
}

export interface CellsOptions {
  messages: Messages;
  onChoose(code: string): void;
  /** What the pointer or else the keyboard is on, anew whenever it is drawn. */
  onHover(hovered: HoveredCell | null): void;
}

export interface HoveredCell {
  code: string;
  /** CSS pixels from the upper left corner of the root. */
  at: TooltipPoint;
  /** It is the keyboard that is on it. */
  stays: boolean;
}

/** Where the window is wider than the layout, cells are up to so many times as wide as high. */
const STRETCH_MAX = 1.6;
// Pixels are for letters of the usual size; with larger ones cells are larger too.

/** A target is never smaller, so a narrow window scrolls. */
const SIDE_MIN_PX = 24;
const SIDE_MAX_PX = 64;
/** Where the page scrolls, all of them should be seen with little of it. */
const SIDE_SCROLLED_MAX_PX = 44;
/** Where the page scrolls anyway, cells need not shrink below this for the window's height. */
const SIDE_SCROLLED_PX = 30;
/** Empty cells above and below the layout. */
const RIM = 0.25;

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

interface Option extends Spot {
  code: string;
  district: string;
  shape: SVGTemplateResult;
  number: SVGTemplateResult | typeof nothing;
}

export function createCells(root: HTMLElement, options: CellsOptions) {
  const { messages, onChoose, onHover } = options;
  let state: CellsState | null = null;
  let shown: Option[] = [];
  /** The option that the keyboard is on, or would come to. */
  let current: string | null = null;
  /** Width and height of a cell. */
  let side = { x: SIDE_MIN_PX, y: SIDE_MIN_PX };
  /** Where the pointer is in the window, while it is on the cells. */
  let pointer: { x: number; y: number } | null = null;
  /** What has the focus is spoken of where the pointer is on no cell. */
  let isOnFocus = false;

  const path = (rings: readonly (readonly [number, number])[][]): string =>
    rings.map((ring) => `M${ring.map(([x, y]) => `${x * side.x} ${y * side.y}`).join('L')}Z`).join('');

  function squareOf(layout: CellLayout, { column, row }: Spot): string {
    const top = topOf(layout, row);
    return path([[[column, top], [column + 1, top], [column + 1, top + 1], [column, top + 1]]]);
  }

  const outlineOf = (layout: CellLayout, rings: readonly [number, number][][]): string =>
    path(rings.map((ring) => ringOf(layout, ring)));

  function optionsOf({ layout, level, paints, ids }: CellsState): Option[] {
    const paintOf = (code: string) => paints.get(ids.get(code) ?? -1);
    const fills = (code: string, d: string): SVGTemplateResult => {
      const paint = paintOf(code);
      return svg`<path class=${paint?.outline ? 'unit pale' : 'unit'} d=${d} fill=${fillOf(paint)} />
        ${paint?.hatch ? svg`<path class="over" d=${d} fill=${hatchFill('cells')} />` : nothing}`;
    };
    if (level === 'district') {
      return layout.districts.flatMap(({ code, outline }) => {
        const first = layout.cells.find(({ district }) => district === code);
        return first ? [{ ...first, code, district: code, shape: fills(code, outlineOf(layout, outline)), number: nothing }] : [];
      });
    }
    return layout.cells.map((cell) => {
      const { code, column, row } = cell;
      const d = squareOf(layout, cell);
      const number = svg`<text x=${(column + 0.5) * side.x} y=${(topOf(layout, row) + 0.5) * side.y} fill=${paintOf(code)?.ink ?? 'currentColor'}>
        ${code.slice(code.indexOf('-') + 1)}</text>`;
      return { ...cell, shape: fills(code, d), number };
    });
  }

  /** Bows with a head where they arrive; of a chosen place only its own. */
  function linkLines({ layout, links, linesOf }: CellsState): SVGTemplateResult[] {
    const keyOf = ({ column, row }: Spot): string => `${column}/${row}`;
    const shownSpots = new Map(layout.cells.map((cell) => [keyOf(cell), cell]));
    const isWanted = (spot: Spot): boolean => {
      const cell = shownSpots.get(keyOf(spot));
      return linesOf === null || cell?.code === linesOf || cell?.district === linesOf;
    };
    const lines = links
      .filter(({ from, to }) => shownSpots.has(keyOf(from)) && shownSpots.has(keyOf(to)))
      .filter(({ from, to }) => isWanted(from) || isWanted(to));
    return lines.map((link) => {
      const [from, to] = [link.from, link.to].map((spot) => ({ ...spot, row: topOf(layout, spot.row) })) as [Spot, Spot];
      const d = bow({ ...link, from, to }, side);
      const width = linesOf === null ? Math.min(1 + (link.n - 1) * 0.5, 2.5) : 2.25;
      return svg`<g class=${linesOf === null ? 'link' : 'link own'}><path class="link-halo" d=${d} />
        <path d=${d} stroke-width=${width} marker-end="url(#hlp-cell-arrow)" /></g>`;
    });
  }

  function draw(): void {
    const now = state;
    if (!now) return;
    const { layout, frame, districts, selected, words, level, linkColour } = now;
    const [width, height] = [frame.columns, frame.rows + 2 * RIM];
    side = sideFor(root, width, height);
    shown = optionsOf(now);
    if (!shown.some(({ code }) => code === current)) current = start(now);
    const option = ({ code, shape }: Option): SVGTemplateResult => svg`<g
        role="option" aria-label=${words.get(code) ?? code} aria-selected=${code === selected} data-code=${code}
        tabindex=${code === current ? 0 : -1} class=${code === selected ? 'chosen' : ''}>${shape}</g>`;
    const outlines = layout.districts.map(({ code, outline }) => svg`<path class="district" d=${outlineOf(layout, outline)} data-code=${code} />`);
    const marks = shown.filter(({ code }) => code === selected).map((chosen) => svg`<path class="mark" d=${edgeOf(now, chosen)} />`);
    const names = layout.districts.map(({ code, name }) => name === null ? nothing : svg`<text class="district-name"
      x=${name.x * side.x} y=${nameHeight(layout, name.row, level) * side.y}>${districts.get(code) ?? code}</text>`);
    const groups = layout.districts.map(({ code }) => {
      const own = shown.filter(({ district }) => district === code);
      return level === 'district'
        ? own.map(option)
        : svg`<g role="group" aria-label=${districts.get(code) ?? code}>${own.map(option)}</g>`;
    });
    const wasInside = focused() !== null;
    render(
      html`<svg
        class="cells-svg"
        role="listbox"
        aria-label=${messages.cellsLabel[level]}
        width=${Math.round(width * side.x)}
        height=${Math.round(height * side.y)}
        viewBox=${[frame.left * side.x, (frame.upper - RIM) * side.y, width * side.x, height * side.y].join(' ')}
        @keydown=${onKey}
        @click=${(event: Event) => choose(codeOf(event))}
        @pointermove=${({ clientX: x, clientY: y }: PointerEvent) => onPointer({ x, y })}
        @pointerleave=${() => onPointer(null)}
      >
        <defs>
          ${hatchPattern('cells', 5)}
          <marker id="hlp-cell-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6"
            markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5L8 4L0 7.5Z" fill=${linkColour} /></marker>
        </defs>
        ${groups}
        <g aria-hidden="true" class="marks" stroke=${linkColour}>${outlines}${linkLines(now)}${marks}${names}
          ${ring()}
          <g class="numbers">${shown.map(({ number }) => number)}</g></g>
      </svg>`,
      root,
    );
    // In another layout an element is another unit's: the focus stays with the unit, or comes to where one starts.
    if (wasInside && focused()?.getAttribute('data-code') !== current) optionOf(current)?.focus({ preventScroll: true });
    if (pointer !== null || isOnFocus) tell();
  }

  const focused = (): Element | null => root.querySelector('[role=option]:focus');

  function optionOf(code: string | null): SVGElement | null {
    return code === null ? null : root.querySelector<SVGElement>(`[role=option][data-code="${CSS.escape(code)}"]`);
  }

  function edgeOf({ layout, level }: CellsState, option: Option): string {
    if (level === 'khoroo') return squareOf(layout, option);
    return outlineOf(layout, layout.districts.find(({ code }) => code === option.code)?.outline ?? []);
  }

  /** Around the option that has the focus, over all that lies beside it. */
  function ring(): SVGTemplateResult | typeof nothing {
    const option = shown.find(({ code }) => code === current);
    if (!state || !option) return nothing;
    const d = edgeOf(state, option);
    return svg`<g class="ring"><path class="ring-seam" d=${d} /><path d=${d} /></g>`;
  }

  /** Where the keyboard comes to first. */
  function start({ selected, core }: CellsState): string | null {
    const first = shown.find(({ code }) => code === selected) ?? shown.find(({ district }) => district === core) ?? shown[0];
    return first?.code ?? null;
  }

  function codeOf(event: Event): string | null {
    return (event.target as Element).closest('[role=option]')?.getAttribute('data-code') ?? null;
  }

  function choose(code: string | null): void {
    if (code === null) return;
    current = code;
    onChoose(code);
  }

  function onKey(event: KeyboardEvent): void {
    const from = shown.find(({ code }) => code === codeOf(event));
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    const inRow = shown.filter(({ row }) => row === from.row).sort((a, b) => a.column - b.column);
    const next = direction ? neighbour(shown, from, direction)
      : event.key === 'Home' ? inRow[0]
      : event.key === 'End' ? inRow.at(-1)
      : undefined;
    if (event.key === 'Enter' || event.key === ' ') choose(from.code);
    else if (next === undefined) return;
    else if (next !== null) focus(next.code);
    event.preventDefault();
  }

  function onFocus(event: FocusEvent): void {
    const code = codeOf(event);
    if (code === null) return;
    pointer = null;
    isOnFocus = true;
    if (code !== current) {
      current = code;
      draw();
    }
    tell();
  }

  function onBlur(): void {
    isOnFocus = false;
    tell();
  }

  /** `at` in the window; `null` where it has left the cells. */
  function onPointer(at: { x: number; y: number } | null): void {
    pointer = at;
    // What a click or a finger has left the focus on is spoken of no more; the keyboard's place is, as long as it is there.
    isOnFocus = root.querySelector('[role=option]:focus-visible') !== null;
    tell();
  }

  function tell(): void {
    const under = pointer && document.elementFromPoint(pointer.x, pointer.y);
    if (!root.contains(under)) pointer = null;
    const own = root.getBoundingClientRect();
    const hovered = pointer && under?.closest('[role=option]');
    const option = hovered ?? (isOnFocus ? focused() : null);
    const code = option?.getAttribute('data-code');
    if (!option || !code) return onHover(null);
    if (pointer && hovered) return onHover({ code, at: { x: pointer.x - own.left, y: pointer.y - own.top }, stays: false });
    const box = option.getBoundingClientRect();
    onHover({ code, at: { x: box.right - own.left, y: box.top - own.top, width: box.width }, stays: option.matches(':focus-visible') });
  }

  /** Puts the keyboard on a unit and brings it into view. */
  function focus(code: string): void {
    current = code;
    draw();
    optionOf(code)?.focus({ preventScroll: true });
    reveal(code);
  }

  function reveal(code: string): void {
    optionOf(code)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function hover(code: string | null): void {
    for (const element of root.querySelectorAll('[role=option].hovered')) element.classList.remove('hovered');
    optionOf(code)?.classList.add('hovered');
  }

  // Not on the drawing itself: an SVG that listens to focus takes a stop of the keyboard of its own.
  root.addEventListener('focusin', onFocus);
  root.addEventListener('focusout', onBlur);
  const resized = new ResizeObserver(draw);
  resized.observe(root);
  const letters = watchLetters(draw);

  return {
    update(next: CellsState) {
      // Chosen elsewhere, it is where the keyboard comes to; who is among the cells already stays at theirs.
      const isOther = next.selected !== null && next.selected !== state?.selected;
      if (isOther && !focused()) current = next.selected;
      state = next;
      draw();
    },
    hover,
    /** Brings a unit into view, where it is not. */
    reveal,
    destroy() {
      resized.disconnect();
      letters.destroy();
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('focusout', onBlur);
      render(nothing, root);
    },
  };
}

/** The largest sides that fit, never below a target's size. */
function sideFor(root: HTMLElement, width: number, height: number): { x: number; y: number } {
  const style = getComputedStyle(root);
  const room = {
    x: root.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight),
    y: root.clientHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom),
  };
  const isScrolled = style.position !== 'absolute';
  const scale = letterScale();
  const byHeight = room.y > 0 ? room.y / height : Number.POSITIVE_INFINITY;
  const fitting = Math.min(room.x / width, isScrolled ? Math.max(byHeight, SIDE_SCROLLED_PX) : byHeight);
  const side = Math.min((isScrolled ? SIDE_SCROLLED_MAX_PX : SIDE_MAX_PX) * scale, Math.max(SIDE_MIN_PX * scale, fitting));
  return { x: isScrolled ? side : Math.max(side, Math.min(side * STRETCH_MAX, room.x / width)), y: side };
}
