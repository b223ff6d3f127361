import { expect, test } from 'vitest';
import { messageOf, type Parts, stateOf } from './status';

const done: Parts = {
  problem: null, hasFigures: true, hasPicture: true, drawing: false, slow: false, offline: false, empty: false,
};

function check(parts: Partial<Parts>, state: string, message: string | null): void {
  expect([stateOf({ ...done, ...parts }), messageOf({ ...done, ...parts })]).toEqual([state, message]);
}

test('ready is said only of figures that are drawn', () => {
  check({}, 'ready', null);
  check({ drawing: true }, 'loading', null);
  check({ hasFigures: false }, 'loading', null);
});

test('the first wait is a message, a later one only when it is long', () => {
  check({ drawing: true, hasPicture: false }, 'loading', 'loading');
  check({ drawing: true, slow: true }, 'loading', 'slow');
  check({ drawing: true, slow: true, offline: true }, 'loading', 'offline');
  check({ slow: true }, 'ready', null);
});

test('a failure says whether it is the network', () => {
  check({ problem: 'data' }, 'error', 'data');
  check({ problem: 'tiles', offline: true }, 'error', 'offline');
  check({ problem: 'webgl', offline: true }, 'error', 'webgl');
});

test('nothing to show is no failure', () => {
  check({ empty: true, hasFigures: false, drawing: true }, 'ready', 'empty');
});
