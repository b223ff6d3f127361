import { expect, test } from 'vitest';
import { marginsOf, wayInto } from './free_part';

const size = { width: 800, height: 600 };
const plain = marginsOf(size, 1, null);

test('what lies in the corner is passed beside or above, whichever leaves more', () => {
  const low = marginsOf(size, 1, { width: 260, height: 120 });
  expect(low).toEqual({ ...plain, bottom: 132 });
  const high = marginsOf(size, 1, { width: 120, height: 300 });
  expect(high).toEqual({ ...plain, left: 132 });
});

test('buttons as large as the letters take so much more', () => {
  expect(marginsOf(size, 2, null)).toEqual({ top: plain.top * 2, right: plain.right * 2, bottom: plain.bottom * 2, left: plain.left });
});

test('a small map keeps half of either side', () => {
  const small = marginsOf({ width: 90, height: 100 }, 1, { width: 80, height: 60 });
  expect(small.left + small.right).toBeLessThanOrEqual(45);
  expect(small.top + small.bottom).toBeLessThanOrEqual(50);
});

test('what is in the free part stays, what is beside it moves just so far', () => {
  expect(wayInto({ left: 100, top: 100, right: 200, bottom: 200 }, size, plain, true)).toEqual({ x: 0, y: 0 });
  expect(wayInto({ left: 0, top: 100, right: 100, bottom: 200 }, size, plain, true)).toEqual({ x: -16, y: 0 });
  expect(wayInto({ left: 700, top: 560, right: 780, bottom: 640 }, size, plain, true)).toEqual({ x: 36, y: 72 });
});

test('what is too large stays where enough of it is seen, and is fitted where not', () => {
  expect(wayInto({ left: -500, top: -500, right: 1500, bottom: 1500 }, size, plain, true)).toEqual({ x: 0, y: 0 });
  expect(wayInto({ left: -500, top: -500, right: 1500, bottom: 1500 }, size, plain, false)).toBeNull();
  expect(wayInto({ left: 760, top: 100, right: 2000, bottom: 400 }, size, plain, true)).toBeNull();
});
