// The maps of a still picture (`src/cartography/picture`) without its words around them, in other colours.
//
// A unit there is a group whose title begins with its name, in a map that is an SVG of its own.

import type { Paint } from '../paint';

/** A place on the ground of a picture. */
export interface Painted {
  paint: Paint | undefined;
  isChosen: boolean;
}

/** What is not known by its name says nothing: the ready picture's colour is another figure's. */
const NO_DATA: Paint = { fill: null, ink: null, outline: true, hatch: true };
const SVG = 'http://www.w3.org/2000/svg';
const HATCH = 'hlp-hatch-paper';
/** Around all maps, in the picture's units. */
const MARGIN = 3;
const INK = '#1f2933';
/** As in the pictures of `src/cartography`: a seam, and the line on it, in the units of its paths. */
const MARKS = [['#ffffff', '25'], ['#1a5fb4', '15']] as const;

export function repainted(picture: string, units: ReadonlyMap<string, Painted>): SVGSVGElement {
  const root = new DOMParser().parseFromString(picture, 'image/svg+xml').documentElement as unknown as SVGSVGElement;
  const maps = [...root.children].filter((child) => child.localName === 'svg');
  const [left, top, right, bottom] = frameOf(maps);
  for (const child of [...root.children]) {
    const isAround = child.localName === 'text' || child.localName === 'rect'
      ? numberOf(child, 'x') < left || numberOf(child, 'x') > right || numberOf(child, 'y') < top || numberOf(child, 'y') > bottom
      : child.localName !== 'svg' && child.localName !== 'path';
    if (isAround) child.remove();
  }
  for (const name of ['width', 'height', 'aria-labelledby']) root.removeAttribute(name);
  root.setAttribute('viewBox', [left, top, right - left, bottom - top].join(' '));
  root.prepend(hatch());
  for (const map of maps) paint(map, units);
  return document.importNode(root, true);
}

/** By a title as `Khoroo 26, Bayanzurkh: 3`. A name may hold a colon too: the longest that is known is meant. */
export function unitOf(title: string, units: ReadonlyMap<string, Painted>): Painted | undefined {
  const parts = title.split(': ');
  for (let n = parts.length - 1; n > 0; n -= 1) {
    const unit = units.get(parts.slice(0, n).join(': '));
    if (unit) return unit;
  }
  return undefined;
}

function paint(map: Element, units: ReadonlyMap<string, Painted>): void {
  const chosen: Element[] = [];
  for (const title of map.querySelectorAll('g > title')) {
    const group = title.parentElement;
    const path = group?.querySelector('path');
    if (!group || !path) continue;
    const unit = unitOf(title.textContent, units);
    const { fill, outline: isOutlined, hatch: isHatched } = unit?.paint ?? NO_DATA;
    group.replaceChildren(path);
    path.setAttribute('fill', fill ?? '#ffffff');
    if (isOutlined) path.setAttribute('stroke', '#c3ccd4');
    else path.removeAttribute('stroke');
    if (isHatched) {
      const over = path.cloneNode() as Element;
      over.setAttribute('fill', `url(#${HATCH})`);
      group.append(over);
    }
    if (unit?.isChosen) chosen.push(path);
  }
  // Figures are those of the ready picture, and names were set against its colours.
  for (const text of map.querySelectorAll('text')) {
    if (!/\p{L}/u.test(text.textContent)) text.remove();
    text.setAttribute('fill', INK);
    text.setAttribute('stroke', '#ffffff');
  }
  for (const path of chosen) map.append(...MARKS.map(([stroke, width]) => outline(path, stroke, width)));
}

function outline(path: Element, stroke: string, width: string): Element {
  const line = path.cloneNode() as Element;
  const transform = path.parentElement?.parentElement?.getAttribute('transform') ?? '';
  const told = { fill: 'none', stroke, 'stroke-width': width, 'stroke-linejoin': 'round', transform };
  for (const [name, value] of Object.entries(told)) line.setAttribute(name, value);
  return line;
}

function hatch(): Element {
  const pattern = document.createElementNS(SVG, 'pattern');
  const told = { id: HATCH, width: '30', height: '30', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  for (const [name, value] of Object.entries(told)) pattern.setAttribute(name, value);
  const line = document.createElementNS(SVG, 'path');
  for (const [name, value] of Object.entries({ d: 'M0 0v30', stroke: '#8b8780', 'stroke-width': '8' })) line.setAttribute(name, value);
  pattern.append(line);
  const defs = document.createElementNS(SVG, 'defs');
  defs.append(pattern);
  return defs;
}

/** Left, top, right and bottom of all maps; the words above one are beside the first. */
function frameOf(maps: readonly Element[]): [number, number, number, number] {
  const sides = maps.map((map) => {
    const [x, y] = [numberOf(map, 'x'), numberOf(map, 'y')];
    return [x, y, x + numberOf(map, 'width'), y + numberOf(map, 'height')] as const;
  });
  return [
    Math.min(...sides.map(([x]) => x)) - MARGIN, Math.min(...sides.map(([, y]) => y)) - MARGIN,
    Math.max(...sides.map(([, , x]) => x)) + MARGIN, Math.max(...sides.map(([, , , y]) => y)) + MARGIN,
  ];
}

const numberOf = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);
