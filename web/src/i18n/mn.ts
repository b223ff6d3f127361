// Монгол үгс. The first table: its shape is what the others must have.

import { formatNumber } from './number';

const n = (value: number): string => formatNumber(value, 'mn');

export const mn = {
  siteName: 'HLP Tracker',
  siteSubtitle: 'Харилцан суралцах арга зүй · Улаанбаатар',
  otherLanguage: 'English',
  siteLinks: 'Сайтын хэсгүүд',
  tracker: 'Явц',
  practices: 'Сайн туршлага',
  about: 'Тухай',
  illustrative: 'Жишээ өгөгдөл: хил, тоо баримт нь зохиомол бөгөөд бодит мэдээлэл биш.',

  measure: 'Үзүүлэлт',
  cycle: 'Мөчлөг',
  play: 'Үзүүлэх: мөчлөгүүдээр дараалан явах',
  playShort: 'Үзүүлэх',
  pause: 'Зогсоох',
  pauseShort: 'Зогсоох',
  nextCycle: 'Дараагийн мөчлөг',
  nextShort: 'Дараагийн',
  nKhoroos: (n_khoroos: number) => `${n(n_khoroos)} хороо`,
  crossing: (counts: string) =>
    `Хил өөрчлөгдсөн (${counts}): мөчлөг бүрийг үеийнх нь хилээр зурав, ижил дугаар өөр нутаг байж болно.`,
  level: 'Нэгж',
  levels: { khoroo: 'Хороо', district: 'Дүүрэг' },
  rate: 'Тоолох арга',
  rates: { count: 'Тоо', per10000: '10\u00a0000 хүнд' },
  theme: 'Сэдэв',
  allThemes: 'Бүх сэдэв',
  form: 'Зургийн хэлбэр',
  forms: { map: 'Газрын зураг', cells: 'Ижил нүд' },
  layers: 'Зураг дээр нэмж харуулах',
  layerNames: { practices: 'Сайн туршлагын цэг', replications: 'Нутагшсан чиглэл' },
  layerLegend: {
    practices: 'Сайн туршлага хэрэгжсэн газар',
    replications: 'Туршлагын эзэн хорооноос нутагшуулсан хороо руу',
  },
  andMore: (title: string, n_more: number) => `${title} (дахин ${n(n_more)})`,
  moreChoices: 'Бусад сонголт',
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
  per10000: (years: string) => `10\u00a0000 хүн тутамд, ${years} оны хүн амаар`,
  theTheme: (theme: string) => `Сэдэв: ${theme}`,
  /** After the city's figures; `n_totals` is 0 where nothing was reported. */
  base: (n_totals: number, n_units: number, level: 'khoroo' | 'district') => {
    if (n_totals === 0) return 'Энэ мөчлөгт тайлагнаагүй.';
    return level === 'khoroo' ? `нийт ${n(n_units)} хороонд` : `нийт ${n(n_units)} дүүрэгт`;
  },

  noCycles: 'Мөчлөгийн тоо баримт хараахан бүртгэгдээгүй байна.',

  legend: 'Таних тэмдэг',
  chosen: 'сонгосон',
  legendCount: { khoroo: 'хорооны тоо', district: 'дүүргийн тоо' },
  average: (text: string) => `дундаж ${text}`,
  districtAverage: (district: string, text: string) => `${district} дүүргийн дундаж: ${text}`,
  districtShare: (share: string) => `хороодын ${share} нь илгээсэн`,

  figures: 'Сонгосон газар',
  chooseHint: 'Газрын зураг эсвэл хүснэгтээс хороо сонгож, тоог нь харна уу.',
  chooseHintDistrict: 'Газрын зураг эсвэл хүснэгтээс дүүрэг сонгож, тоог нь харна уу.',
  close: 'Хаах',
  placePage: 'Бүх тоо, сайн туршлагыг үзэх',
  sixSteps: 'Зургаан алхам',
  facts: 'Ерөнхий мэдээлэл',
  residents: 'Хүн ам',
  residentsYear: (year: number) => `Хүн ам (${year} он)`,
  households: 'Өрх',
  area: 'Газар нутаг',
  squareKilometres: (text: string) => `${text} км²`,
  valuesByCycle: 'Мөчлөгөөр',
  notReported: 'мэдээлэл алга',
  notInVintage: 'ийм хороо байгаагүй',
  inOtherBoundaries: (value: string) => `${value} (өөр хилээр)`,
  trendCrosses: 'Хил өөрчлөгдсөн: ижил дугаар нь ижил нутаг биш. Хорооны өөрийнх нь хуудсанд өмнөх тоог одоогийн нутагт шилжүүлж, тооцоогоор харуулна.',

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
  goTo: (place: string) => `${place} руу очих`,
  farDistricts: 'Хотоос алслагдсан дүүргүүд',
  cellsLabel: {
    khoroo: 'Хороо бүрийг ижил нүдээр харуулсан зураг. Сумтай товчоор шилжиж, Enter дарж сонгоно.',
    district: 'Дүүргүүдийг ижил нүдээр харуулсан зураг. Сумтай товчоор шилжиж, Enter дарж сонгоно.',
  },
  kilometres: 'км',
  metres: 'м',

  showTable: 'Хүснэгтээр харах',
  hideTable: 'Хүснэгтийг хаах',
  tableCaption: (title: string) => `${title}. Мөрийг сонгоход газрын зурагт тэмдэглэгдэнэ.`,
  columns: { district: 'Дүүрэг', place: 'Хороо', value: 'Тоо', residents: 'Хүн ам' },
  filter: 'Шүүх',
  filterHint: 'Нэр эсвэл дугаар',
  allDistricts: 'Бүх дүүрэг',
  nRows: (n_rows: number, n_all: number) => (n_rows === n_all ? `${n(n_all)} мөр` : `${n(n_all)} мөрөөс ${n(n_rows)}`),
  noRows: 'Шүүлтэд тохирох мөр алга. Үгээ өөрчлөх эсвэл арилгана уу.',
  downloadCsv: 'CSV татах',

  search: 'Хороо, дүүрэг, сайн туршлага хайх',
  searchHint: 'Хороо, дүүрэг, сайн туршлага…',
  suggestions: 'Хайлтын үр дүн',
  foundKinds: { khoroo: 'хороо', district: 'дүүрэг', practice: 'сайн туршлага', landmark: 'газар, хаяг', place: 'байршил' },
  coordinates: (lon: number, lat: number) => `Уртраг ${lon}°, өргөрөг ${lat}°`,
  nFound: (n_found: number) => `${n(n_found)} санал байна`,
  nothingFound: 'Юу ч олдсонгүй. «БЗД 26» эсвэл «хог» гэх мэтээр оролдоно уу.',
  searchFailed: 'Хайж чадсангүй. Холболтоо шалгаад дахин оролдоно уу.',
  whereAmI: 'Миний байгаа хороо',
  locating: 'Байршлыг тодорхойлж байна…',
  positionDenied: 'Хөтөч байршлыг зөвшөөрсөнгүй. Хорооны нэрээр хайна уу.',
  positionUnknown: 'Байршлыг тодорхойлж чадсангүй. Хорооны нэрээр хайна уу.',
  outsideCity: 'Энэ байршил Улаанбаатар хотын гадна байна.',

  openOnSite: 'Хотын сайтад нээх',
  gestures: {
    windows: 'Газрын зургийг томруулахдаа Ctrl дарж гүйлгэнэ үү',
    mac: 'Газрын зургийг томруулахдаа ⌘ дарж гүйлгэнэ үү',
    mobile: 'Газрын зургийг хоёр хуруугаар зөөнө үү',
  },

  print: 'Хэвлэх',
  picture: 'Зургийг татах:',
  shareTitle: 'Хуваалцах',
  embed: 'Сайтдаа байрлуулах',
  share: 'Холбоос хуулах',
  linkCopied: 'Холбоос хуулагдлаа',
  copyByHand: 'Энэ холбоосыг хуулж авна уу',

  states: {
    loading: 'Газрын зургийг ачаалж байна…',
    slow: 'Удаан ачаалж байна. Холболт сул байж магадгүй; бэлэн болмогц энд харагдана.',
    offline: 'Сүлжээ алга. Холбогдсоны дараа дахин оролдоно уу.',
    empty: 'Хил, хорооны жагсаалт хараахан оруулаагүй байна.',
    data: 'Өгөгдлийг ачаалж чадсангүй. Холболтоо шалгаад дахин оролдоно уу.',
    tiles: 'Газрын зургийн зарим хэсгийг ачаалж чадсангүй. Холболтоо шалгаад дахин оролдоно уу.',
    webgl:
      'Энэ хөтөч газрын зураг зурж чадахгүй байна (WebGL ажиллахгүй). Оронд нь хороо бүрийг ижил нүдээр харуулав.',
  },
  freshness: {
    offline: (asOf: string) => `Сүлжээ алга. Тоо баримт ${asOf} байдлаар.`,
    unreachable: (asOf: string) => `Сервер хариу өгөхгүй байна. Тоо баримт ${asOf} байдлаар.`,
    stale: (asOf: string) => `Хамгийн сүүлийн өөрчлөлт хараахан ороогүй. Тоо баримт ${asOf} байдлаар.`,
  },
  updated: 'Тоо баримт шинэчлэгдлээ.',
  retry: 'Дахин оролдох',
  otherVintage: (vintage: string) =>
    `Хаягт заасан «${vintage}» хилээр энэ мөчлөгийг тоолоогүй тул мөчлөгийн үеийн хилээр харуулав.`,
  noLines: 'Энэ үеийн хорооны хил зурагдаагүй тул дүүргээр харуулав.',
  validity: (from: string, to: string | null) => (to === null ? `${from}-нээс` : `${from} – ${to}`),
  source: 'Хилийн эх сурвалж',
  contextSource: 'Суурь давхаргын эх сурвалж',
  pair: (first: string, second: string) => `${first} тодорхойлсон, ${second} нутагшуулсан`,
  sentence: (place: string, value: string, figure: string) => `${place}: ${value}. ${figure}`,
};
