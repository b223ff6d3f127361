// What is typed into the search of a copy and into that of its service, so that their answers can be compared.

import { rolldown } from 'rolldown';

/** The twin's own code, as a module. */
export async function twinFind() {
  const bundle = await rolldown({ input: new URL('../src/twin/find/find.ts', import.meta.url).pathname });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const { find } = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  return find;
}

const SPOKEN = [
  'bzd 26', 'БЗД-26', 'skhd12', 'SKHD 12', 'сх 12', '26-р хороо Баянзүрх', 'Баянзүрх дүүрэг 26-р хороо', 'Khan Uul 4', 'хан уул', 'hanuul 1', 'khoroo 2',
  'хороо', 'хор', 'хороод', 'khoroos', 'дүүрэг', 'districts', 'district bz', '2', '02', '26', '2 3', '99999999999', 'bz', 'b', 'd', 'д', 'r', 'н', 'th', '12th',
  'bzd-26', 'BZD-26', '2022:bzd-26', '2020:bzd-20', 'bzd-026', 'nd', 'НД 3', 'zurh', 'уул', 'baya', 'bayanzurk', 'Bayanzvrkh', 'Bayanzu\u0308rkh', 'songino hairhan 7',
  'waste', 'youth', 'green', 'ногоон', 'хог хаягдал', 'hog hayagdal', 'хог', 'hog', 'safety', 'залуус', 'zaluu', 'children education', 'ёл', 'е\u0308л',
  'QR', 'qr code', 'khoroo', 'сайн туршлага', 'цэцэрлэг', 'tsetserleg', 'cecerleg', 'garden', 'school', 'сургууль', 'surguuli', 'shop', 'дэлгүүр', 'delguur', 'avenue',
  'market', 'zah', 'зах', 'Энхтайван', 'enhtaivan', 'Avto', 'avto ', 'ye', 'zh', 'жорлон', 'jorlon', 'zhorlon', 'bio жорлон',
  'zzzz', 'qqqq', 'aaaa', 'ааа', 'xkcd', 'qx', 'dd', 'b b', 'a', 'я', 'ñ', 'à', 'İ', 'ẞ', '学校',
];
const SIGNS = ['"', '%', '[', '*', '\\', '🙂', '.', '-', '  ', 'ь', "'", '’', '№ 5', '(bzd)', 'bzd.26', '«хог»', 'хог,', 'хог ', ' хог', 'a%b', '../', '<b>', '\u0301', '٣', 'a\u0345'];

/** Out of what can be found: ids, and beginnings, ends and pieces of titles, in the order of a seed. */
export function queries({ items, themes }, n_drawn) {
  let seed = 20_221_120;
  const below = (limit) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % limit;
  };
  const drawn = [];
  for (let idx = 0; idx < n_drawn; idx += 1) {
    const { id, title } = items[below(items.length)];
    const words = title.split(/[\s,]+/u);
    const word = words[below(words.length)];
    const letters = [...word];
    const forms = [
      id, id.slice(0, 1 + below(id.length)), id.toUpperCase(), title, [...title].slice(0, 1 + below(title.length)).join(''), word, `${word} `,
      letters.slice(0, 1 + below(letters.length)).join(''), letters.slice(below(letters.length)).join(''), words.slice(below(words.length)).reverse().join(' '),
      `${letters.slice(0, 3).join('')} ${items[below(items.length)].title.slice(0, 4)}`,
    ];
    drawn.push(forms[below(forms.length)]);
  }
  return [...SPOKEN, ...SIGNS, ...Object.values(themes).flat(), ...drawn].filter((text) => text !== '' && [...text].length <= 100);
}
