// English words.

import type { Messages } from './index';
import { formatNumber } from './number';

const n = (value: number): string => formatNumber(value, 'en');

export const en: Messages = {
  siteName: 'HLP Tracker',
  siteSubtitle: 'Horizontal Learning Process · Ulaanbaatar',
  otherLanguage: 'Монгол',
  otherLanguageHint: 'Монгол хувилбар',
  skipToTable: 'Go to the table',
  illustrative: 'Illustrative data: boundaries and figures are invented, not real information.',

  measure: 'Measure',
  cycle: 'Cycle',
  level: 'Level',
  levels: { khoroo: 'Khoroos', district: 'Districts' },
  measures: {
    identifications: 'Identified',
    replications: 'Replicated',
    replications_hosted: 'Copied elsewhere',
    participation: 'Took part',
    bivariate: 'Both',
  },
  measureTitles: {
    identifications: 'Good practices identified',
    replications: 'Good practices replicated',
    replications_hosted: 'Good practices copied elsewhere',
    participation: 'Participation in identifying good practices',
    bivariate: 'Good practices identified and replicated',
  },
  title: (measure, level) => `${measure}, by ${level}`,
  base: (n_totals, n_units, level) =>
    n_totals === 0 ? 'Not reported in this cycle.' : `in ${n(n_units)} ${level === 'khoroo' ? 'khoroos' : 'districts'}`,

  noCycles: 'No figures of any cycle have been recorded yet.',

  legend: 'Legend',
  legendCount: { khoroo: 'khoroos', district: 'districts' },
  noData: 'No data',
  zero: 'None (0)',

  figures: 'Chosen place',
  chooseHint: 'Choose a khoroo on the map or in the table to see its figures.',
  chooseHintDistrict: 'Choose a district on the map or in the table to see its figures.',
  close: 'Close',
  residents: 'Residents',
  residentsYear: (year) => `Residents (${year})`,
  households: 'Households',
  area: 'Area',
  squareKilometres: (text) => `${text} km²`,
  valuesByCycle: 'By cycle',
  notReported: 'no data',
  notInVintage: 'no such khoroo then',

  map: 'Map',
  mapLabel: 'Map of the khoroos of Ulaanbaatar. Arrow keys move it, plus and minus zoom.',
  mapControls: 'Map controls',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  panUp: 'Move north',
  panDown: 'Move south',
  panLeft: 'Move west',
  panRight: 'Move east',
  viewCore: 'City centre',
  viewCity: 'Whole city',
  kilometres: 'km',
  metres: 'm',

  showTable: 'Show as a table',
  hideTable: 'Close the table',
  tableCaption: (title) => `${title}. Choosing a row marks it on the map.`,
  columns: { district: 'District', place: 'Khoroo', value: 'Number', residents: 'Residents' },
  sortBy: 'Order',
  orders: { place: 'By district and number', value: 'By value' },

  loading: 'Loading the map…',
  updating: 'Updating…',
  updated: 'The figures have been updated.',
  failed: 'The data could not be loaded. Check the connection and try again.',
  retry: 'Try again',
  noWebgl: 'This browser cannot draw the map (WebGL is off). The table has every khoroo’s figures.',
  noLines: 'The khoroo boundaries of that time are not published, so districts are shown.',
  validity: (from, to) => (to === null ? `since ${from}` : `${from} – ${to}`),
  source: 'Source of the boundaries',
  pair: (first, second) => `${first} identified, ${second} replicated`,
  sentence: (place, value, figure) => `${place}: ${value}. ${figure}`,
};
