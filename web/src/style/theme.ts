// The few colours of the map that carry no figure. Figures' colours come from the server's legend,
// which has one for each theme.

export type Scheme = 'light' | 'dark';

export interface MapTheme {
  /** Where the city ends nothing is drawn. */
  ground: string;
  khorooBorder: string;
  /** Around units whose fill hardly differs from the ground. */
  outline: string;
  districtBorder: string;
  cityBorder: string;
  ink: string;
  halo: string;
  /** Fill and names beside the part of the city that is shown. */
  beside: string;
  inkBeside: string;
  /** Names on fills take the one of these that stands out. */
  inks: readonly [string, string];
  accent: string;
  hatch: string;
  /** Practices and the lines of their copies: a hue that no ramp has. */
  record: string;
}

// Only pure black and white together reach 4.5 : 1 on every fill.
const DARK_INK = '#000000';
const PALE_INK = '#ffffff';

export const LIGHT: MapTheme = {
  ground: '#ffffff',
  khorooBorder: '#ffffff',
  outline: 'rgba(31, 41, 51, 0.3)',
  districtBorder: 'rgba(31, 41, 51, 0.6)',
  cityBorder: '#1f2933',
  ink: '#1f2933',
  halo: 'rgba(255, 255, 255, 0.85)',
  beside: '#f3f5f7',
  inkBeside: '#52606d',
  inks: [DARK_INK, PALE_INK],
  accent: '#1a5fb4',
  hatch: '#9aa5b1',
  record: '#b80f4e',
};

export const DARK: MapTheme = {
  ground: '#14181d',
  khorooBorder: '#14181d',
  outline: 'rgba(230, 235, 240, 0.28)',
  districtBorder: 'rgba(230, 235, 240, 0.6)',
  cityBorder: '#e6ebf0',
  ink: '#e6ebf0',
  halo: 'rgba(20, 24, 29, 0.85)',
  beside: '#191e24',
  inkBeside: '#a3b0bd',
  inks: [DARK_INK, PALE_INK],
  accent: '#8ab8f0',
  hatch: '#7b8794',
  record: '#ff86ab',
};

export const THEMES: Record<Scheme, MapTheme> = { light: LIGHT, dark: DARK };
