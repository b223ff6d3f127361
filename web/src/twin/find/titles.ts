// Practices and landmarks by words of titles, addresses and themes: as `src/snapshot/search/titles.rs`.

import { type Findable, type FindableList, Grade, isInside, least, Order, type Rank } from './findable';
import type { Typed, Word } from './typed';

/** Characters of an id from which its beginning is enough. */
const ID_FROM_CHARS = 3;

/** How a typed word stands in another. */
const enum Standing { None, Inside, Start, Whole }

/** What is typed, looked up in practices and landmarks. */
export function titleRanks({ themes, categories }: FindableList, { text, words }: Typed): (one: Findable) => Rank | null {
  const standings = words.map((word) => ({ word, standing: standingOf(word) }));
  return (one) => {
    const isPractice = one.kind === 'practice';
    const known = [...one.words.flat(), ...one.beside];
    const best = standings.map(({ standing }) => Math.max(Standing.None, ...known.map(standing)) as Standing);
    const ofTheme = (isPractice ? themes[one.theme ?? ''] : categories[one.category ?? '']) ?? [];
    const isByTheme = words.every(({ folded }, idx) =>
      best[idx] !== Standing.None || folded.some((form) => ofTheme.some((name) => name.startsWith(form))));
    const grade = least([
      titleGrade(one.words, Math.min(...best) as Standing, standings),
      isPractice ? idGrade(one.id.toLowerCase(), text) : null,
      isByTheme ? Grade.Theme : null,
    ]);
    if (grade === null) return null;
    const n_words = least(one.words.map(({ length }) => length).filter((n) => n > 0)) ?? 0;
    return [grade, isPractice ? Order.Practice : Order.Landmark, n_words];
  };
}

function standingOf({ folded }: Word): (known: string) => Standing {
  const told = new Map<string, Standing>();
  const ofForm = (known: string, form: string): Standing =>
    known === form ? Standing.Whole : known.startsWith(form) ? Standing.Start : isInside(form, known) ? Standing.Inside : Standing.None;
  return (known) => {
    const standing = told.get(known) ?? (Math.max(...folded.map((form) => ofForm(known, form))) as Standing);
    told.set(known, standing);
    return standing;
  };
}

/** - `worst`: how the typed word stands that stands worst. */
function titleGrade(
  titles: Findable['words'],
  worst: Standing,
  typed: readonly { word: Word; standing: (known: string) => Standing }[],
): Grade | null {
  if (worst >= Standing.Start) {
    const isBegun = (title: readonly string[]): boolean =>
      typed.length <= title.length && typed.every(({ word, standing }, idx) =>
        standing(title[idx]!) >= (word.isOpen ? Standing.Start : Standing.Whole));
    const shortest = least(titles.filter(isBegun).map(({ length }) => length));
    if (shortest !== null) return shortest === typed.length && worst === Standing.Whole ? Grade.Exact : Grade.Prefix;
  }
  switch (worst) {
    case Standing.Whole: return Grade.Words;
    case Standing.Start: return Grade.WordStarts;
    case Standing.Inside: return Grade.Substring;
    case Standing.None: return null;
  }
}

function idGrade(id: string, text: string): Grade | null {
  if (id === text) return Grade.Exact;
  return id.startsWith(text) && [...text].length >= ID_FROM_CHARS ? Grade.Prefix : null;
}
