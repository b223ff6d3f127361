import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ANNOUNCE_AFTER_MS, createAnnouncer } from './announcer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listening() {
  const heard: string[] = [];
  const announcer = createAnnouncer((words) => heard.push(words));
  return { ...announcer, heard, pass: () => vi.advanceTimersByTime(ANNOUNCE_AFTER_MS) };
}

test('only where somebody stops is said, and once', () => {
  const { show, heard, pass } = listening();
  show('Khoroo 1: 3');
  show('Khoroo 2: 4');
  pass();
  show('Khoroo 2: 4');
  pass();
  expect(heard).toEqual(['Khoroo 2: 4']);
  show('Khoroo 3: 1');
  show('Khoroo 2: 4');
  pass();
  expect(heard).toEqual(['Khoroo 2: 4']);
});

test('a message is said though a place is told of again meanwhile', () => {
  const { show, tell, heard, pass } = listening();
  show('Khoroo 2: 4');
  pass();
  tell('Updated.');
  show('Khoroo 2: 4');
  show('Khoroo 2: 5');
  pass();
  expect(heard).toEqual(['Khoroo 2: 4', 'Updated. Khoroo 2: 5']);
});

test('two messages are both said', () => {
  const { tell, heard, pass } = listening();
  tell('Updated.');
  tell('Link copied');
  pass();
  expect(heard).toEqual(['Updated. Link copied']);
});

test('what has been read with the page is not said, and what follows is', () => {
  const { assume, show, heard, pass } = listening();
  assume('The city: 321');
  show('The city: 321');
  pass();
  expect(heard).toEqual([]);
  show('Khoroo 2: 4');
  pass();
  show('The city: 321');
  pass();
  expect(heard).toEqual(['Khoroo 2: 4', 'The city: 321']);
});

test('of the places that somebody comes through only the last is said, and again when they come back', () => {
  const { show, reach, heard, pass } = listening();
  show('Khoroo 2: 4');
  pass();
  reach('Khoroo 5: 1');
  reach('Khoroo 6: 2');
  pass();
  reach('Khoroo 6: 2');
  pass();
  expect(heard).toEqual(['Khoroo 2: 4', 'Khoroo 6: 2', 'Khoroo 6: 2']);
});
