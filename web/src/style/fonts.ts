// Noto Sans for text on the map, from our own files.
//
// MapLibre draws text itself and must be told the files: with CSS faces alone it measures Cyrillic
// before the Cyrillic file is there and keeps the wrong letters. Ө and Ү lie in `cyrillic-ext`, № in
// `cyrillic`, dashes in `latin`.

import type { StyleSpecification } from 'maplibre-gl';
import cyrillic400 from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?url';
import cyrillic600 from '@fontsource/noto-sans/files/noto-sans-cyrillic-600-normal.woff2?url';
import cyrillicExt400 from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-normal.woff2?url';
import cyrillicExt600 from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-600-normal.woff2?url';
import latin400 from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import latin600 from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?url';

export const REGULAR = 'Noto Sans Regular';
export const SEMIBOLD = 'Noto Sans SemiBold';

const RANGES = {
  latin: ['U+0000-00FF', 'U+2000-206F', 'U+2212'],
  cyrillic: ['U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'],
  cyrillicExt: ['U+0460-048F', 'U+0492-04AF', 'U+04B2-052F'],
};

type FontFaces = NonNullable<StyleSpecification['font-faces']>;

export function fontFaces(): FontFaces {
  const family = (latin: string, cyrillic: string, cyrillicExt: string): FontFaces[string] => [
    { url: absolute(latin), 'unicode-range': RANGES.latin },
    { url: absolute(cyrillic), 'unicode-range': RANGES.cyrillic },
    { url: absolute(cyrillicExt), 'unicode-range': RANGES.cyrillicExt },
  ];
  return {
    [REGULAR]: family(latin400, cyrillic400, cyrillicExt400),
    [SEMIBOLD]: family(latin600, cyrillic600, cyrillicExt600),
  };
}

function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
