// One spelling for all spellings of a word, by the rules of the service's own search (`src/model/naming`; one
// list of cases holds both to them): Latin letters, lower case, without doubling. It compares, and is never shown.

/** `w` for в keeps it apart from the v that people write for ү. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'w', г: 'g', д: 'd', е: 'e', э: 'e', ё: 'io', ж: 'j', з: 'z', и: 'i', й: 'i', ы: 'i', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', ө: 'o', є: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ү: 'u', ї: 'u', ф: 'f', х: 'h', ц: 'c', ч: 'ch', ш: 'sh',
  щ: 'sch', ъ: '', ь: '', ю: 'iu', я: 'ia',
};

/** Letters with marks; others keep theirs. */
const MARKED: Readonly<Record<string, string>> = {
  ü: 'u', ú: 'u', ū: 'u', ʉ: 'u', ö: 'o', ó: 'o', ō: 'o', ɵ: 'o', á: 'a', ā: 'a', é: 'e', ē: 'e', è: 'e', í: 'i', ī: 'i',
};

/** Folded words around a khoroo's number that name nothing: `дугаар`, `хороо`, `дүүргийн`, the `р` of `26-р`. */
export const FILLERS: ReadonlySet<string> = new Set([
  'r', 'dugar', 'duger', 'dger', 'd', 'ger', 'horo', 'horoni', 'district', 'dureg', 'dreg', 'duregiin', 'durgiin', 'durgin', 'th', 'st',
  'no', 'u',
]);

/** Letters from which a word is looked for inside of names: shorter ones are in most of them. */
const INSIDE_FROM_LETTERS = 3;

/** Folds a text; anything but letters is dropped. */
export function fold(text: string): string {
  const plain = [...text].flatMap((letter) => [...letter.toLowerCase()]).map((letter) =>
    CYRILLIC[letter] ?? MARKED[letter] ?? letter.replace(/\P{Alphabetic}/gu, ''));
  return plain.join('').replaceAll('kh', 'h').replaceAll('ts', 'c')
    .replace(/[vxy]/g, (letter) => ({ v: 'u', x: 'h', y: 'i' })[letter] ?? letter)
    .replace(/(.)\1+/gu, '$1');
}

/** Folded spellings of a typed word, any of which may be meant; of one that may go on, its end too. */
export function spellings(word: string, isOpen: boolean): string[] {
  if (hasLetterThrice(word)) return [word];
  const forms = new Set([word]);
  for (const [typed, meant] of [['v', 'в'], ['ye', 'е'], ['zh', 'ж']] as const) {
    for (const form of [...forms]) if (form.includes(typed)) forms.add(form.replaceAll(typed, meant));
  }
  for (const [end, whole] of [['k', 'kh'], ['t', 'ts'], ['z', 'ж']] as const) {
    if (isOpen && word.endsWith(end)) forms.add(word.slice(0, -1) + whole);
  }
  return [...new Set([...forms].map(fold))].filter((form) => form !== '');
}

/** No word of either language has a letter three times on end; folded it would be one, with which many begin. */
const hasLetterThrice = (word: string): boolean => /(.)\1\1/u.test(word.replace(/\P{Alphabetic}/gu, ''));

/** What a unit is called. */
export interface Called {
  /** Of a khoroo; `null` where it has none. */
  number: number | null;
  names: readonly string[];
}

/**
 * Whether a unit is meant by what is typed so far: every number begins its own, every word one of its names'
 * words, or stands inside one. Nothing typed means all.
 */
export function matcher(typed: string): (unit: Called) => boolean {
  const lower = typed.normalize('NFC').toLowerCase();
  const parts = lower.match(/\d+|[\p{L}\p{M}'’]+/gu) ?? [];
  const isOpenEnd = /[\p{L}\p{M}\d'’]$/u.test(lower);
  const wanted = parts.map((part, idx) => ({ part, forms: spellings(part, isOpenEnd && idx === parts.length - 1) }));
  const numbers = wanted.filter(({ part }) => /^\d/.test(part)).map(({ part }) => part);
  const words = wanted.filter(({ part, forms }) => !/^\d/.test(part) && forms.length > 0 && !FILLERS.has(fold(part)));
  const known = new Map<string, readonly string[]>();
  const keysOf = (name: string): readonly string[] => {
    const keys = known.get(name) ?? [fold(name), ...(name.match(/[\p{L}\p{M}'’]+/gu) ?? []).map(fold)].filter((key) => key !== '');
    known.set(name, keys);
    return keys;
  };
  return ({ number, names }) =>
    numbers.every((digits) => number !== null && String(number).startsWith(String(Number(digits)))) &&
    words.every(({ forms }) => names.some((name) => keysOf(name).some((key) => forms.some((form) =>
      key.startsWith(form) || (form.length >= INSIDE_FROM_LETTERS && key.includes(form))))));
}
