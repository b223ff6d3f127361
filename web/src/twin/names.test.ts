import { expect, test } from 'vitest';
import cases from './names.cases.json';
import { fileOf, linkOf, pictureOf } from './names';

test.each(cases as [string, string][])('%s is the file that was written for it', (address, expected) => {
  expect(fileOf(address)).toBe(expected);
});

test.each([
  ['/mn/', '?cycle=2020', 'mn/index.html?cycle=2020'],
  ['/en/about', '', 'en/about.html'],
  ['/mn/khoroos/bzd-26', '?vintage=2020', 'mn/khoroos/bzd-26~vintage=2020.html'],
  ['/mn/practices/p-1', '', 'mn/practices/p-1.html'],
  ['/mn/visits', '', null],
  ['/mn/embed', '?measure=replications', null],
  ['/mn/practices', '?theme=waste', null],
  ['/maps/identifications.png', '', null],
])('a link to %s%s leads to %s', (path, search, expected) => {
  expect(linkOf(path, search)).toBe(expected);
});

test('of pictures those of the whole city by counts are held, and mark no place', () => {
  const query = 'lang=mn&cycle=2022&level=khoroo&rate=count&form=map';
  const file = 'maps/replications~cycle=2022~form=map~lang=mn~level=khoroo~rate=count.svg';
  expect(pictureOf(`/maps/replications.svg?${query}`)).toBe(file);
  expect(pictureOf(`/maps/replications.svg?${query}&select=bzd-2`)).toBe(file);
  for (const more of ['&area=bzd', '&theme=waste', '&vintage=2020']) expect(pictureOf(`/maps/replications.svg?${query}${more}`)).toBeNull();
  expect(pictureOf(`/maps/replications.svg?${query.replace('count', 'per10000')}`)).toBeNull();
  expect(pictureOf(`/maps/replications.png?${query}`)).toBeNull();
});
