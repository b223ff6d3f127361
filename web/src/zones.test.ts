import { expect, test } from 'vitest';
import { ORDERS } from './zones';

test('every order has every zone once', () => {
  const all = ['actions', 'controls', 'figures', 'heading', 'legend', 'notes', 'search', 'table', 'timeline'];
  for (const [name, { before, panel, after }] of Object.entries(ORDERS)) {
    expect([...before, ...panel, ...after].sort(), name).toEqual(all);
  }
});
