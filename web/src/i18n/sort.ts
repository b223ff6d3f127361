// Alphabetical order of names. Unicode order puts Ө and Ү after Я; a reader looks for them after О and У.

const CYRILLIC = 'абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя';
const RANK = new Map([...CYRILLIC].map((letter, idx) => [letter, idx]));

/** Letters before their place in the alphabet, anything else (digits, hyphens, Latin) before them. */
function rank(character: string): number {
  const place = RANK.get(character);
  return place === undefined ? character.codePointAt(0)! - 0x110000 : place;
}

/** Orders two names as a Mongolian dictionary does, upper and lower case alike; digits by value. */
export function compareNames(a: string, b: string): number {
  const left = tokens(a);
  const right = tokens(b);
  const n_common = Math.min(left.length, right.length);
  for (let idx = 0; idx < n_common; idx += 1) {
    const difference = compareTokens(left[idx]!, right[idx]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Runs of digits stay whole, so that khoroo 9 comes before khoroo 10. */
function tokens(name: string): string[] {
  return name.toLowerCase().match(/\d+|\D/gu) ?? [];
}

function compareTokens(a: string, b: string): number {
  const bothNumbers = /^\d/.test(a) && /^\d/.test(b);
  return bothNumbers ? Number(a) - Number(b) : rank(a) - rank(b);
}
