import { expect, test } from 'vitest';
import type { Drawn } from './drawn';
import { embedAddress, pictureAddress } from './picture_address';
import { readView } from './state';

test('the picture is of what is drawn, not of what was asked for', () => {
  const choices = { measures: ['participation'], cycles: ['2020'], defaultCycle: '2020', newestCycleOf: new Map(), current: null, vintages: [], themes: ['a b'] };
  const view = readView('?rate=per10000&theme=a+b&select=bzd-2', '', choices);
  const shown: Drawn = {
    measure: 'participation', vintage: '2020', level: 'district', rate: 'count', theme: 'a b', vintageInfo: null, withoutLines: true, isHalf: false,
  };
  expect(pictureAddress({ lang: 'mn', view, shown, form: 'cells', area: null }, 'png')).toBe(
    '/maps/participation.png?lang=mn&cycle=2020&level=district&rate=count&form=cells&theme=a+b&select=bzd-2',
  );
});

test('of a part of the city the picture is of that part', () => {
  const choices = { measures: ['identifications'], cycles: ['2022'], defaultCycle: '2022', newestCycleOf: new Map(), current: null, vintages: [], themes: [] };
  const view = readView('', '', choices);
  const shown: Drawn = {
    measure: 'identifications', vintage: '2022', level: 'khoroo', rate: 'count', theme: null, vintageInfo: null, withoutLines: false, isHalf: false,
  };
  expect(pictureAddress({ lang: 'en', view, shown, form: 'map', area: 'bzd' }, 'svg')).toBe(
    '/maps/identifications.svg?lang=en&cycle=2022&level=khoroo&rate=count&form=map&area=bzd',
  );
});

test('a picture of two figures is asked for both, and tells which was not counted', () => {
  const choices = { measures: ['identifications', 'bivariate'], cycles: ['2020'], defaultCycle: '2020', newestCycleOf: new Map(), current: null, vintages: [], themes: [] };
  const view = readView('?measure=bivariate', '', choices);
  const shown: Drawn = {
    measure: 'identifications', vintage: '2020', level: 'khoroo', rate: 'count', theme: null, vintageInfo: null, withoutLines: false, isHalf: true,
  };
  expect(pictureAddress({ lang: 'en', view, shown, form: 'map', area: null }, 'svg')).toBe(
    '/maps/bivariate.svg?lang=en&cycle=2020&level=khoroo&rate=count&form=map',
  );
});

test('code for another site is made of what it can be told', () => {
  const choices = {
    measures: ['identifications', 'replications'], cycles: ['2020', '2022'], defaultCycle: '2022', newestCycleOf: new Map(), current: null, vintages: [], themes: ['waste'],
  };
  const view = readView('?measure=replications&cycle=2020&select=bzd-2&layers=practices&view=table&filter=x&in=bzd&order=-value', '#map=9/47/106', choices);
  expect(embedAddress({ base: '', lang: 'en', view }, choices)).toBe('/en/embed?measure=replications&cycle=2020&select=bzd-2');
});

test('a picture of boundaries without a cycle names them', () => {
  const choices = { measures: ['identifications'], cycles: ['2022'], defaultCycle: '2022', newestCycleOf: new Map(), current: null, vintages: ['2027'], themes: [] };
  const view = readView('?vintage=2027', '', choices);
  const shown: Drawn = {
    measure: 'identifications', vintage: '2027', level: 'khoroo', rate: 'count', theme: null, vintageInfo: null, withoutLines: false, isHalf: false,
  };
  expect(pictureAddress({ lang: 'en', view, shown, form: 'map', area: null }, 'svg')).toBe(
    '/maps/identifications.svg?lang=en&cycle=all&level=khoroo&rate=count&form=map&vintage=2027',
  );
});
