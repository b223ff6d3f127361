// Writes `.br` and `.gz` siblings of the built files, at the highest levels.
//
// The server answers with these bytes as they are; brotli at level 11 is far too slow at run time.
// Files that are compressed already (woff2) or would not shrink get no sibling.

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = new Set(['.js', '.mjs', '.css', '.svg', '.json', '.txt', '.html']);
const folder = fileURLToPath(new URL('../dist/assets', import.meta.url));

const codings = [
  {
    suffix: '.br',
    compress: (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  { suffix: '.gz', compress: (bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

const names = (await readdir(folder)).filter((name) => TEXT.has(extname(name))).sort();
for (const name of names) {
  const path = join(folder, name);
  const bytes = await readFile(path);
  const sizes = await Promise.all(
    codings.map(async ({ suffix, compress }) => {
      const packed = await compress(bytes);
      if (packed.length < bytes.length) await writeFile(path + suffix, packed);
      return `${suffix} ${kilobytes(packed.length)}`;
    }),
  );
  console.log(`${name}  ${kilobytes((await stat(path)).size)}  ${sizes.join('  ')}`);
}

function kilobytes(size_bytes) {
  return `${(size_bytes / 1000).toFixed(1)} kB`;
}
