// The few colours of the map that carry no figure. Figures' colours come from the server's legend.

export interface MapTheme {
  /** Where the city ends nothing is drawn. */
  ground: string;
  khorooBorder: string;
  districtBorder: string;
  cityBorder: string;
  river: string;
  road: string;
  ink: string;
  halo: string;
  accent: string;
  hatch: string;
}

export const LIGHT: MapTheme = {
  ground: '#ffffff',
  khorooBorder: '#ffffff',
  districtBorder: 'rgba(31, 41, 51, 0.6)',
  cityBorder: '#1f2933',
  river: '#8fb3cc',
  road: 'rgba(31, 41, 51, 0.22)',
  ink: '#1f2933',
  halo: 'rgba(255, 255, 255, 0.85)',
  accent: '#1a5fb4',
  hatch: '#9aa5b1',
};
