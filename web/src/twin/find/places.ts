// Districts and khoroos, understood from the parts of a text: as `src/snapshot/search/places.rs`.

import { FILLERS, fold, spellings } from '../../i18n/fold';
import { type Findable, type FindableList, Grade, isInside, least, Order, type Rank } from './findable';
import type { Typed, Word } from './typed';

/** One way to read what was typed. */
interface Reading {
  /** How each district that is meant fits, by its code; `null` where none was typed. */
  districts: ReadonlyMap<string, Grade> | null;
  number: Word | null;
  /** Words of a khoroo's own name. */
  names: readonly Word[];
}

type PlaceKind = 'district' | 'khoroo';

const KINDS: readonly [kind: PlaceKind, words: readonly string[]][] = [
  ['khoroo', ['хороо', 'хороод', 'khoroos']],
  ['district', ['дүүрэг', 'дүүргүүд', 'district', 'districts']],
];

/** What is typed, looked up in districts and khoroos. */
export function placeRanks({ districts }: FindableList, typed: Typed): (one: Findable) => Rank | null {
  const all = readings(districts, typed);
  const kind = kindNamed(typed);
  return (one) => {
    if (one.kind === 'district') {
      const grade = least([districtGrade(all, one), one.kind === kind ? Grade.Words : null]);
      return grade === null ? null : [grade, Order.District, 0];
    }
    const rank = khorooRank(all, typed, one);
    return rank ?? (one.kind === kind ? [Grade.Words, Order.KhorooOfDistrict, 0] : null);
  };
}

/** Every way to read the text that leaves no word over. */
function readings(spelled: FindableList['districts'], { words }: Typed): Reading[] {
  const isFiller = ({ text }: Word): boolean => FILLERS.has(fold(text));
  const [numbers, letters] = [words.filter(({ isNumber }) => isNumber), words.filter(({ isNumber }) => !isNumber)];
  if (numbers.length > 1) return [];
  const number = numbers[0] ?? null;
  const wholes = [letters.filter((word) => !isFiller(word))];
  // An abbreviation may look like one, unless there is something else.
  if (letters.every(isFiller)) wholes.push(letters);
  const last = letters.at(-1);
  if (last?.isOpen && beginsFiller(last)) wholes.push(letters.slice(0, -1).filter((word) => !isFiller(word)));
  const all: Reading[] = [];
  for (const whole of wholes) {
    const n_words = whole.length;
    if (n_words === 0) {
      if (number !== null) all.push({ districts: null, number, names: [] });
      continue;
    }
    all.push({ districts: null, number, names: whole });
    for (let cut = 1; cut <= n_words; cut += 1) {
      const splits = [[whole.slice(0, cut), whole.slice(cut)]];
      if (cut < n_words) splits.push([whole.slice(n_words - cut), whole.slice(0, n_words - cut)]);
      for (const [district = [], names = []] of splits) {
        const districts = districtsOf(spelled, district);
        if (districts.size > 0) all.push({ districts, number, names });
      }
    }
  }
  return all;
}

function beginsFiller({ text }: Word): boolean {
  const folded = fold(text);
  return folded !== '' && [...FILLERS].some((filler) => filler.startsWith(folded));
}

/** Districts that words written as one may mean. */
function districtsOf(spelled: FindableList['districts'], words: readonly Word[]): Map<string, Grade> {
  const forms = spellings(words.map(({ text }) => text).join(''), words.at(-1)?.isOpen === true);
  const grade = (known: string, form: string): Grade | null =>
    known === form ? Grade.Exact : known.startsWith(form) ? Grade.Prefix : isInside(form, known) ? Grade.Substring : null;
  const found = new Map<string, Grade>();
  for (const [code, names] of Object.entries(spelled)) {
    const best = least(names.flatMap((known) => forms.map((form) => grade(known, form))));
    if (best !== null) found.set(code, best);
  }
  return found;
}

/** The word for a kind of place, alone: all of that kind are meant. */
function kindNamed({ words }: Typed): PlaceKind | null {
  const [word] = words;
  if (word === undefined || words.length > 1) return null;
  return KINDS.find(([, known]) => known.some((one) => word.folded.includes(fold(one))))?.[0] ?? null;
}

function districtGrade(all: readonly Reading[], { code }: Findable): Grade | null {
  const whole = all.filter(({ number, names }) => number === null && names.length === 0);
  return least(whole.map(({ districts }) => districts?.get(code ?? '') ?? null));
}

/** The best that it fits. */
function khorooRank(all: readonly Reading[], { text }: Typed, one: Findable): Rank | null {
  if (text === one.code || text === one.id) return [Grade.Exact, Order.Khoroo, 0];
  let best: Rank | null = null;
  for (const reading of all) {
    const district = reading.districts?.get(one.district ?? '') ?? null;
    if (reading.districts !== null && district === null) continue;
    const rank = readRank(reading, district, one);
    if (rank !== null && (best === null || rank[0] < best[0] || (rank[0] === best[0] && rank[1] < best[1]))) best = rank;
  }
  return best;
}

function readRank(reading: Reading, district: Grade | null, one: Findable): Rank | null {
  const of = (grade: Grade | null): Rank | null => (grade === null ? null : [grade, Order.Khoroo, 0]);
  const number = one.number ?? 0;
  if (reading.names.length > 0) return of(nameGrade(reading, number, one.words));
  if (reading.number !== null) return of(numberGrade(district, reading.number, number));
  return district === Grade.Exact ? [Grade.Words, Order.KhorooOfDistrict, 0] : null;
}

/** How a khoroo fits a number, its district fitting as `district` says. */
function numberGrade(district: Grade | null, typed: Word, number: number): Grade | null {
  const isWhole = typed.number === number;
  const begins = typed.isOpen && typed.number !== null && typed.number > 0 && String(number).startsWith(String(typed.number));
  if (!isWhole && !begins) return null;
  if (district === null) return isWhole ? Grade.Words : Grade.WordStarts;
  if (district === Grade.Substring) return Grade.Substring;
  return isWhole && district === Grade.Exact ? Grade.Exact : Grade.Prefix;
}

function nameGrade(reading: Reading, number: number, ownNames: readonly (readonly string[])[]): Grade | null {
  if (reading.number !== null && reading.number.number !== number) return null;
  const { names } = reading;
  const ofName = (own: readonly string[]): Grade | null => {
    const isWhole = ({ folded }: Word): boolean => folded.some((form) => own.includes(form));
    const isStart = ({ folded }: Word): boolean => folded.some((form) => own.some((word) => word.startsWith(form)));
    const isFirst = ({ folded, isOpen }: Word, idx: number): boolean =>
      folded.some((form) => (isOpen ? own[idx]?.startsWith(form) : own[idx] === form));
    const isBeginning = names.every(isFirst);
    if (isBeginning && names.length === own.length && names.every(isWhole)) return Grade.Exact;
    if (isBeginning) return Grade.Prefix;
    if (names.every(isWhole)) return Grade.Words;
    return names.every(isStart) ? Grade.WordStarts : null;
  };
  return least(ownNames.map(ofName));
}
