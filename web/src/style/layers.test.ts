import { expect, test } from 'vitest';
import { baseStyle, borderLayers, fillLayers, labelLayers, layerId, onlyUnit } from './layers';
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

function holds(range: string, codePoint: number): boolean {
  const [from = '', to = from] = range.slice(2).split('-');
  return Number.parseInt(from, 16) <= codePoint && codePoint <= Number.parseInt(to, 16);
}
