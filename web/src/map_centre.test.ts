import { expect, test } from 'vitest';
import { type CentredMap, followCentre } from './map_centre';

function followed() {
  const told: string[] = [];
  const heard = new Map<string, (event: object) => void>();
  const canvas = new EventTarget();
  const map = {
    getCanvas: () => canvas,
    getCenter: () => ({ lng: 107, lat: 48 }),
    project: () => ({ x: 40, y: 30 }),
    on: (type: string, listener: (event: object) => void) => heard.set(type, listener),
  } as unknown as CentredMap;
  followCentre(map, {
    onRest: ({ x, y }) => told.push(`rest ${x} ${y}`),
    onEnter: ({ x, y }) => told.push(`enter ${x} ${y}`),
    onLeave: () => told.push('leave'),
  });
  return { told, canvas, fire: (type: string, event: object = {}) => heard.get(type)?.(event) };
}

const keydown = (key: string, more: object = {}): Event => Object.assign(new Event('keydown', { cancelable: true }), { key, ...more });

test('after a move by keyboard the middle is told of once, when all of it is drawn', () => {
  const { told, fire } = followed();
  fire('moveend', { originalEvent: keydown('ArrowLeft') });
  expect(told).toEqual([]);
  fire('idle');
  fire('idle');
  expect(told).toEqual(['rest 40 30']);
});

test('moves of a pointer and of the viewer itself are not told of', () => {
  const { told, fire } = followed();
  fire('moveend', { originalEvent: new Event('mouseup') });
  fire('idle');
  fire('moveend', { wished: true });
  fire('idle');
  expect(told).toEqual([]);
});

test('Enter chooses the middle, with no other key held', () => {
  const { told, canvas } = followed();
  const enter = keydown('Enter');
  canvas.dispatchEvent(enter);
  expect([told, enter.defaultPrevented]).toEqual([['enter 40 30'], true]);
  canvas.dispatchEvent(keydown('Enter', { ctrlKey: true }));
  canvas.dispatchEvent(keydown('a'));
  expect(told).toEqual(['enter 40 30']);
});

test('what the keyboard has left is not told of', () => {
  const { told, canvas, fire } = followed();
  fire('moveend', { originalEvent: keydown('ArrowLeft') });
  canvas.dispatchEvent(new Event('blur'));
  fire('idle');
  expect(told).toEqual(['leave']);
});
