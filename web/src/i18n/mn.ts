// Монгол үгс. The first table: its shape is what the others must have.

import { formatNumber } from './number';

const n = (value: number): string => formatNumber(value, 'mn');

export const mn = {
  siteName: 'HLP Tracker',
  siteSubtitle: 'Харилцан суралцах арга зүй · Улаанбаатар',
  otherLanguage: 'English',
  otherLanguageHint: 'English version',
  skipToTable: 'Хүснэгт рүү очих',
  illustrative: 'Жишээ өгөгдөл: хил, тоо баримт нь зохиомол бөгөөд бодит мэдээлэл биш.',

  measure: 'Үзүүлэлт',
  cycle: 'Мөчлөг',
  level: 'Нэгж',
  levels: { khoroo: 'Хороо', district: 'Дүүрэг' },
  /** Short, for buttons. */
  measures: {
    identifications: 'Тодорхойлсон',
    replications: 'Нутагшуулсан',
    replications_hosted: 'Бусдад нутагшсан',
    participation: 'Оролцоо',
    bivariate: 'Хоёуланг нь',
  } as Record<string, string>,
  /** Whole, for the title. */
  measureTitles: {
    identifications: 'Тодорхойлсон сайн туршлага',
    replications: 'Нутагшуулсан сайн туршлага',
    replications_hosted: 'Бусад хороонд нутагшсан сайн туршлага',
    participation: 'Сайн туршлага тодорхойлоход оролцсон эсэх',
    bivariate: 'Тодорхойлсон ба нутагшуулсан сайн туршлага',
  } as Record<string, string>,
  /** The cycle's title follows, where there is one. */
  title: (measure: string, level: 'khoroo' | 'district') =>
    `${measure}, ${level === 'khoroo' ? 'хороогоор' : 'дүүргээр'}`,
  /** After the city's figures; `n_totals` is 0 where nothing was reported. */
  base: (n_totals: number, n_units: number, level: 'khoroo' | 'district') => {
    if (n_totals === 0) return 'Энэ мөчлөгт тайлагнаагүй.';
    return level === 'khoroo' ? `нийт ${n(n_units)} хороонд` : `нийт ${n(n_units)} дүүрэгт`;
  },

  noCycles: 'Мөчлөгийн тоо баримт хараахан бүртгэгдээгүй байна.',

  legend: 'Таних тэмдэг',
  legendCount: { khoroo: 'хорооны тоо', district: 'дүүргийн тоо' },
  noData: 'Мэдээлэл алга',
  zero: 'Байхгүй (0)',

  figures: 'Сонгосон газар',
  chooseHint: 'Газрын зураг эсвэл хүснэгтээс хороо сонгож, тоог нь харна уу.',
  chooseHintDistrict: 'Газрын зураг эсвэл хүснэгтээс дүүрэг сонгож, тоог нь харна уу.',
  close: 'Хаах',
  residents: 'Хүн ам',
  residentsYear: (year: number) => `Хүн ам (${year} он)`,
  households: 'Өрх',
  area: 'Газар нутаг',
  squareKilometres: (text: string) => `${text} км²`,
  valuesByCycle: 'Мөчлөгөөр',
  notReported: 'мэдээлэл алга',
  notInVintage: 'тухайн үед ийм хороо байгаагүй',

  map: 'Газрын зураг',
  mapLabel: 'Улаанбаатар хотын хороодын газрын зураг. Сумтай товчоор зөөж, нэмэх хасах товчоор томруулж багасгана.',
  mapControls: 'Газрын зургийн товчлуур',
  zoomIn: 'Томруулах',
  zoomOut: 'Багасгах',
  panUp: 'Хойд зүг рүү зөөх',
  panDown: 'Урд зүг рүү зөөх',
  panLeft: 'Баруун зүг рүү зөөх',
  panRight: 'Зүүн зүг рүү зөөх',
  viewCore: 'Хотын төв',
  viewCity: 'Бүх хот',
  kilometres: 'км',
  metres: 'м',

  showTable: 'Хүснэгтээр харах',
  hideTable: 'Хүснэгтийг хаах',
  tableCaption: (title: string) => `${title}. Мөрийг сонгоход газрын зурагт тэмдэглэгдэнэ.`,
  columns: { district: 'Дүүрэг', place: 'Хороо', value: 'Тоо', residents: 'Хүн ам' },
  sortBy: 'Эрэмбэ',
  orders: { place: 'Дүүрэг, дугаараар', value: 'Тоогоор' },

  loading: 'Газрын зургийг ачаалж байна…',
  updating: 'Шинэчилж байна…',
  updated: 'Тоо баримт шинэчлэгдлээ.',
  failed: 'Өгөгдлийг ачаалж чадсангүй. Холболтоо шалгаад дахин оролдоно уу.',
  retry: 'Дахин оролдох',
  noWebgl:
    'Энэ хөтөч газрын зураг зурж чадахгүй байна (WebGL ажиллахгүй). Хороо бүрийн тоог хүснэгтээс үзнэ үү.',
  noLines: 'Энэ үеийн хорооны хил зурагдаагүй тул дүүргээр харуулав.',
  validity: (from: string, to: string | null) => (to === null ? `${from}-нээс` : `${from} – ${to}`),
  source: 'Хилийн эх сурвалж',
  pair: (first: string, second: string) => `${first} тодорхойлсон, ${second} нутагшуулсан`,
  sentence: (place: string, value: string, figure: string) => `${place}: ${value}. ${figure}`,
};
