import { expect, test } from 'vitest';
import type { Drawn } from './drawn';
import { pictureAddress } from './picture_address';
import { readView } from './state';

test('the picture is of what is drawn, not of what was asked for', () => {
  const choices = { measures: ['participation'], cycles: ['2020'], defaultCycle: '2020', themes: ['a b'] };
  const view = readView('?rate=per10000&theme=a+b', '', choices);
  const shown: Drawn = {
    measure: 'participation', vintage: '2020', level: 'district', rate: 'count', theme: 'a b', vintageInfo: null, withoutLines: true,
  };
  expect(pictureAddress({ base: '/hlp', lang: 'mn', view, shown, form: 'cells' }, 'png')).toBe(
    '/hlp/maps/participation.png?lang=mn&cycle=2020&level=district&rate=count&form=cells&theme=a+b',
  );
});
