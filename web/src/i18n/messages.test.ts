import { expect, test } from 'vitest';
import { en } from './en';
import { mn } from './mn';

/** Every text of a table by its path; what is made from arguments is called with samples. */
function texts(table: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(at, value);
    else if (typeof value === 'function') found.set(at, String((value as (...samples: number[]) => unknown)(2, 3, 4)));
    else for (const [inner, text] of texts(value as object, at)) found.set(inner, text);
  }
  return found;
}

const [mongolian, english] = [texts(mn), texts(en)];

/** Names of the other language, of the programme, of units, and what only puts its samples in order. */
const SAME_IN_BOTH = new Set(['siteName', 'andMore', 'sentence', 'validity']);

test('both tables have the same keys, and no empty text', () => {
  expect([...english.keys()].sort()).toEqual([...mongolian.keys()].sort());
  for (const [key, text] of [...mongolian, ...english]) expect(text.trim(), key).not.toBe('');
});

test('nothing Mongolian was left in Latin letters', () => {
  const known = /HLP Tracker|English( version)?|WebGL|CSV|Enter|Ctrl/g;
  const left = [...mongolian].filter(([, text]) => /[a-z]{2}/i.test(text.replace(known, '')));
  expect(left).toEqual([]);
});

test('what is quoted in Mongolian stands in « »', () => {
  expect([...mongolian].filter(([, text]) => /[“”„]/.test(text))).toEqual([]);
});

test('nothing English was left in Cyrillic letters', () => {
  const left = [...english].filter(([key, text]) => /[а-яөүё]/i.test(text) && !key.startsWith('otherLanguage'));
  expect(left).toEqual([]);
});

test('what says something says it in each language', () => {
  const same = [...mongolian].filter(([key, text]) => english.get(key) === text && !SAME_IN_BOTH.has(key));
  expect(same).toEqual([]);
});
