import { expect, test } from 'vitest';
import { createExpression, featureFilter, latest, type StylePropertySpecification } from '@maplibre/maplibre-gl-style-spec';
import { baseStyle, borderLayers, fillLayers, holdsNumber, isNumbered, labelLayers, layerId, NUMBER_PLACES, numberPlaces, onlyUnit } from './layers';
import { DARK, LIGHT } from './theme';

const all = [...fillLayers('2022', LIGHT), ...borderLayers('2022', LIGHT), ...labelLayers('2022', 'mn', LIGHT)];

test('a unit is coloured by its state alone, so that no figure is baked into tiles or style', () => {
  for (const units of ['khoroos', 'districts']) {
    const fill = all.find((layer) => layer.id === layerId(`${units}-fill`, '2022'));
    expect(JSON.stringify(fill?.paint)).toContain('["feature-state","fill"]');
  }
  expect(JSON.stringify(all)).not.toMatch(/identifications|replications/);
});

test('names come from the label layers, one point a unit', () => {
  const symbols = all.filter((layer) => layer.type === 'symbol');
  expect(symbols.map((layer) => 'source-layer' in layer && layer['source-layer'])).toEqual([
    'khoroo_labels',
    'khoroo_labels',
    'district_labels',
  ]);
  // Of a khoroo's two one ends where the other begins.
  const [wide, all_] = symbols;
  expect(wide?.maxzoom).toBe(all_?.minzoom);
});

test('names are asked for in the language of the page', () => {
  expect(JSON.stringify(labelLayers('2022', 'en', LIGHT))).toContain('name_en');
  expect(JSON.stringify(labelLayers('2022', 'mn', LIGHT))).not.toContain('name_en');
});

test('every layer of a vintage is known by its ending, and no two share an id', () => {
  const ids = all.map((layer) => layer.id);
  expect(ids.every((id) => id.endsWith(':2022'))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a number beside a dot has the ground below it, and a whole name stands beside none', () => {
  for (const scale of [1, 2]) {
    const places = createExpression(numberPlaces(scale), NUMBER_PLACES, latest.layout_symbol[NUMBER_PLACES] as unknown as StylePropertySpecification);
    if (places.result !== 'success') throw new Error(JSON.stringify(places.value));
    for (const zoom of [8, 9, 10, 11, 12, 13, 14, 16]) {
      for (const room_px of [10, 20, 30, 60, 90]) {
        const room = room_px * scale;
        const properties = { room_m: room * pixelM(zoom) };
        const { values: found } = places.value.evaluate({ zoom }, { type: 'Point', properties }) as { values: (string | [number, number])[] };
        const beside = found.flatMap((at, idx) => (typeof at === 'string' ? [[at, found[idx + 1] as [number, number]] as const] : []));
        expect(beside.length > 1, `zoom ${zoom}, ${room_px} px`).toBe(zoom < 13 && room_px >= 30);
        for (const [anchor, [x, y]] of beside) {
          const middle = [x + side(anchor, 'left', 'right') * NUMBER_EM[0], y + side(anchor, 'top', 'bottom') * NUMBER_EM[1]] as const;
          const far = Math.hypot(Math.abs(middle[0]) + NUMBER_EM[0], middle[1]) * LETTERS_PX * scale;
          expect(far, `${anchor} at zoom ${zoom}`).toBeLessThanOrEqual(room);
        }
      }
    }
  }
});

test('the khoroos that are numbered further out are those that hold the number, of letters twice as large too', () => {
  for (const scale of [1, 2]) {
    const filter = featureFilter(holdsNumber(scale), 'filter');
    for (const zoom of [8, 9, 10]) {
      for (const room_px of [8, 10.5, 12, 20, 23]) {
        const room_m = room_px * pixelM(zoom);
        const held = filter.filter({ zoom }, { type: 1, properties: { room_m } });
        expect(held, `${room_px} px at zoom ${zoom}, letters × ${scale}`).toBe(room_px > 11 * scale);
        expect(isNumbered(room_m, zoom, scale)).toBe(held);
      }
    }
  }
});

test('both themes have the same layers with other colours', () => {
  expect(fillLayers('2022', DARK).map((layer) => layer.id)).toEqual(fillLayers('2022', LIGHT).map((layer) => layer.id));
});

test('the fonts name a file for Ө and Ү', () => {
  const faces = baseStyle(LIGHT)['font-faces'] ?? {};
  for (const face of Object.values(faces)) {
    const files = face as { url: string; 'unicode-range': string[] }[];
    const has = (codePoint: number) =>
      files.filter((file) => file['unicode-range'].some((range) => holds(range, codePoint))).map((file) => file.url);
    for (const letter of 'ӨөҮүАяAz№–0²') {
      expect(has(letter.codePointAt(0)!), letter).toHaveLength(1);
    }
  }
});

test('nothing is outlined until something is chosen', () => {
  expect(onlyUnit(null)).toEqual(['literal', false]);
  expect(onlyUnit(4000026)).toEqual(['==', ['id'], 4000026]);
});

/** Half of two digits, across and down with their line; and the largest letters of a number, pixels. */
const NUMBER_EM = [0.58, 0.6] as const;
const LETTERS_PX = 13;

/** Metres in a pixel. */
function pixelM(zoom: number): number {
  return 52_500 / 2 ** zoom;
}

/** Which way a text lies from its anchor. */
function side(anchor: string, forth: string, back: string): number {
  return anchor.includes(forth) ? 1 : anchor.includes(back) ? -1 : 0;
}

function holds(range: string, codePoint: number): boolean {
  const [from = '', to = from] = range.slice(2).split('-');
  return Number.parseInt(from, 16) <= codePoint && codePoint <= Number.parseInt(to, 16);
}
