// Mongolian ordinals and case endings follow vowel harmony, which depends on how a number is *read*.
//
// The ending follows the last word spoken: нэг (1), дөрөв (4), ес (9), дөч (40) and ер (90) have front vowels,
// all others back vowels. After a ten the last word is the ten's own (40 is дөч, 50 is тавь), and
// зуу, мянга, сая are back.

/** The words a whole number ends with: front vowels (`дүгээр`) or back ones (`дугаар`). */
export type Harmony = 'front' | 'back';

/** How the last spoken word of a whole number ≥ 0 sounds. */
export function harmonyOf(number: number): Harmony {
  const ones = number % 10;
  if (ones !== 0) return ones === 1 || ones === 4 || ones === 9 ? 'front' : 'back';
  return number % 100 === 40 || number % 100 === 90 ? 'front' : 'back';
}

/** `26 дугаар`, `4 дүгээр`. */
export function ordinalMn(number: number): string {
  return `${number} ${harmonyOf(number) === 'front' ? 'дүгээр' : 'дугаар'}`;
}

/** A date that ends with its day, in the genitive: `1 сарын 4-ний`, `1 сарын 5-ны`. */
export function genitiveOfDay(date: string): string {
  const day = Number(/\d+$/.exec(date)?.[0]);
  return `${date}-${harmonyOf(day) === 'front' ? 'ний' : 'ны'}`;
}

/** `1st`, `2nd`, `11th`. */
export function ordinalEn(number: number): string {
  const teens = number % 100;
  const suffix = teens >= 11 && teens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${suffix}`;
}
