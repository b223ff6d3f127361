import { expect, test } from 'vitest';
import cases from './names.cases.json';
import { fileOf, linkOf } from './names';

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
