import { expect, test } from 'vitest';
import { type NameView, namePoints, type Spot } from './name_points';

const NUMBER = { width: 20, height: 16 };
const names = new Map([['bzd', 'Баянзүрх'], ['sbd', 'Сүхбаатар']]);
const view = (): NameView => ({
  names, number: NUMBER, beyond: [], covered: [], dots: [], size: { width: 800, height: 600 }, sizeOf: (name) => ({ width: name.length * 10, height: 20 }),
});
const spot = (id: number, x: number, y: number, { room = 0, isNumbered = false } = {}): Spot =>
  ({ id, district: id < 5_000_000 ? 'bzd' : 'sbd', x, y, room, isNumbered });

test('without numbers a name stands at the khoroo nearest to the middle of those in view, once', () => {
  const spots = [spot(4_000_001, 100, 100), spot(4_000_002, 200, 110), spot(4_000_003, 300, 100), spot(4_000_002, 200, 110)];
  expect(namePoints(spots, view())).toEqual([{ id: 4_000_000, district: 'bzd', name: 'Баянзүрх', x: 200, y: 110 }]);
});

test('no name lies over another, and none is left out', () => {
  const spots = [spot(4_000_001, 300, 300), spot(4_000_002, 310, 500), spot(7_000_001, 320, 305)];
  const [one, other] = namePoints(spots, view());
  expect([one?.name, other?.name]).toEqual(['Баянзүрх', 'Сүхбаатар']);
  expect(Math.abs((one?.y ?? 0) - (other?.y ?? 0))).toBeGreaterThanOrEqual(20);
});

test('no name hides a number where there is room beside it, and each stays on its own ground', () => {
  const spots = [0, 1, 2, 3, 4, 5].flatMap((row) => [0, 1, 2, 3, 4, 5].map((column) =>
    spot((column < 3 ? 4 : 7) * 1_000_000 + row * 6 + column, 100 + column * 60, 100 + row * 40, { isNumbered: true })));
  const points = namePoints(spots, view());
  expect(points).toHaveLength(2);
  for (const { name, x, y } of points) {
    const hidden = spots.filter((one) => Math.abs(one.x - x) * 2 < name.length * 10 + NUMBER.width && Math.abs(one.y - y) * 2 < 20 + NUMBER.height);
    expect(hidden, name).toEqual([]);
    expect(x < 250, name).toBe(name === 'Баянзүрх');
  }
});

test('where nothing is in view nothing is named', () => {
  expect(namePoints([], view())).toEqual([]);
});

test('a name is not cut by the edge where it can be helped', () => {
  const [point] = namePoints([spot(4_000_001, 10, 300), spot(4_000_002, 100, 300), spot(4_000_003, 4, 320)], view());
  expect(point?.x).toBeGreaterThanOrEqual(40);
});

test('no part of a name stands on other ground where there is room on its own', () => {
  const own = [spot(4_000_001, 100, 300, { room: 40 }), spot(4_000_002, 140, 330, { room: 30 }), spot(4_000_003, 160, 340, { room: 20 })];
  // One wide khoroo beside three small ones: its label point is far, its border near.
  const [name] = namePoints([...own, spot(7_000_001, 340, 320, { room: 150 })], view());
  expect(name?.district).toBe('bzd');
  expect((name?.x ?? 999) + 40).toBeLessThanOrEqual(190 + 8);
});

test('no part of a name stands on ground whose own label point is out of view', () => {
  const own = [spot(4_000_001, 100, 300, { room: 40 }), spot(4_000_002, 140, 330, { room: 30 }), spot(4_000_003, 160, 340, { room: 20 })];
  const beyond = [spot(7_000_001, 940, 320, { room: 750 })];
  const [name, ...others] = namePoints(own, { ...view(), beyond });
  expect(others).toEqual([]);
  expect((name?.x ?? 999) + 40).toBeLessThanOrEqual(190 + 8);
});

test('a name keeps away from dots', () => {
  const spots = [spot(4_000_001, 300, 300), spot(4_000_002, 320, 300), spot(4_000_003, 340, 300)];
  const dot = { left: 300, right: 330, top: 290, bottom: 310 };
  const [name] = namePoints(spots, { ...view(), dots: [dot] });
  expect(Math.abs((name?.y ?? 300) - 300)).toBeGreaterThanOrEqual(20);
});

test('a name keeps away from what lies on the map', () => {
  const spots = [spot(4_000_001, 200, 200), spot(4_000_002, 210, 210), spot(4_000_003, 400, 400)];
  const box = { left: 100, top: 100, right: 300, bottom: 300 };
  const isIn = ({ x, y } = { x: 0, y: 0 }) => x - 40 < box.right && x + 40 > box.left && y - 10 < box.bottom && y + 10 > box.top;
  expect(isIn(namePoints(spots, view())[0])).toBe(true);
  expect(isIn(namePoints(spots, { ...view(), covered: [box] })[0])).toBe(false);
});
