import { expect, test } from 'vitest';
import { hatch } from './hatch';

test('each row carries exactly its stroke, shifted by one, so tiles of it join', () => {
  const picture = hatch('#102030', 8, 2);
  for (let y = 0; y < 8; y += 1) {
    const inked = [...Array(8).keys()].filter((x) => picture.data[(y * 8 + x) * 4 + 3] === 255);
    expect(inked).toHaveLength(2);
    expect(inked).toContain((8 - y) % 8);
  }
  expect([...picture.data.slice(0, 4)]).toEqual([0x10, 0x20, 0x30, 255]);
});

test('a colour of another form is refused', () => {
  expect(() => hatch('grey', 8, 1)).toThrow('grey');
});
