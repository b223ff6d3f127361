import { expect, test } from 'vitest';
import cases from './fold.cases.json';
import { fold, matcher } from './fold';

test('words are folded as the service folds them', () => {
  for (const [text = '', folded] of cases) expect([text, fold(text)]).toEqual([text, folded]);
});

const names = (...own: string[]) => own;
const bzd26 = { number: 26, names: names('bzd', 'Баянзүрх', 'БЗД', 'BZD', '26 дугаар хороо', 'Khoroo 26') };
const khud4 = { number: 4, names: names('khud', 'Хан-Уул', 'ХУД', 'HUD', 'KhUD', '4 дүгээр хороо', 'Khoroo 4') };
const skhd12 = { number: 12, names: names('skhd', 'Сонгинохайрхан', 'СХД', 'СХ', 'SHD', '12 дугаар хороо', 'Khoroo 12') };

test('a khoroo is meant however it is typed', () => {
  const check = (typed: string, expected: object) =>
    expect([typed, [bzd26, khud4, skhd12].filter(matcher(typed))]).toEqual([typed, [expected]]);
  for (const typed of ['bzd-26', 'BZD26', 'БЗД 26', 'баянзүрх', 'Bayanzurkh', 'bayanzvrh 26', 'bayanzurk', '26-р хороо', 'khoroo 26 bayan', '26 дугаар хороо', 'zurh']) {
    check(typed, bzd26);
  }
  for (const typed of ['hud 4', 'ХУД', 'khan uul 4', 'Хан-Уул', 'hanuul', '4-р']) check(typed, khud4);
  for (const typed of ['skhd12', 'сх 12', 'СХД-12', 'хайрхан', 'songino khairkhan']) check(typed, skhd12);
});

test('what nothing is called fits nothing, and nothing typed fits all', () => {
  for (const typed of ['парк', 'bzd 27', '7', 'qq', 'bbb']) expect([bzd26, khud4, skhd12].filter(matcher(typed))).toEqual([]);
  for (const typed of ['', '  ', 'хороо', 'дүүрэг', '-']) expect([bzd26, khud4, skhd12].filter(matcher(typed)).length).toBe(3);
  expect([bzd26, khud4, skhd12].filter(matcher('2'))).toEqual([bzd26]);
  expect(matcher('4')({ number: null, names: ['Хан-Уул'] })).toBe(false);
});
