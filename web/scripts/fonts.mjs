// Writes the fonts of still pictures to `dist/fonts`: Noto Sans in two weights, for the server alone.
//
// The server draws text into PNG without fonts of the system, and its renderer reads TrueType, not woff2.
// The files hold the scripts of the service (Latin, Cyrillic) and its signs (₮, №, €); characters of
// other scripts are drawn as boxes in a PNG. They are no assets: pages use the woff2 files.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';

const RANGES = [
  [0x0020, 0x024f],
  [0x0300, 0x036f],
  [0x0400, 0x052f],
  [0x2000, 0x206f],
  [0x20ac, 0x20ae],
  [0x2116, 0x2116],
  [0x2212, 0x2212],
];
const WEIGHTS = { 400: '400Regular/NotoSans_400Regular.ttf', 600: '600SemiBold/NotoSans_600SemiBold.ttf' };

const folder = fileURLToPath(new URL('../dist/fonts', import.meta.url));
const { resolve } = createRequire(import.meta.url);
const characters = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)),
).join('');

await mkdir(folder, { recursive: true });
for (const [weight, file] of Object.entries(WEIGHTS)) {
  const whole = await readFile(resolve(`@expo-google-fonts/noto-sans/${file}`));
  const part = await subset(whole, characters, { targetFormat: 'truetype' });
  await writeFile(`${folder}/noto-sans-${weight}.ttf`, part);
  console.log(`noto-sans-${weight}.ttf  ${(part.length / 1000).toFixed(1)} kB of ${(whole.length / 1000).toFixed(1)} kB`);
}
