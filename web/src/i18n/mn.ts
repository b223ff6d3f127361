// Монгол үгс. The first table: its shape is what the others must have.

import { formatNumber } from './number';
import { genitiveOfDay, ordinalMn } from './ordinal';

const n = (value: number): string => formatNumber(value, 'mn');

export const mn = {
  siteName: 'HLP Tracker',
  siteSubtitle: 'Харилцан суралцах арга зүй · Улаанбаатар',
  otherLanguage: 'English',
  siteLinks: 'Сайтын хэсгүүд',
  tracker: 'Явц',
  practices: 'Сайн туршлага',
  visits: 'Айлчлал',
  about: 'Тухай',
  illustrative: 'Жишээ өгөгдөл: хил, тоо баримт нь зохиомол бөгөөд бодит мэдээлэл биш.',

  skipToMap: 'Газрын зураг руу очих',
  skipToTable: 'Хүснэгт рүү очих',

  measure: 'Үзүүлэлт',
  cycle: 'Мөчлөг',
  play: 'Үзүүлэх: мөчлөгүүдээр дараалан явах',
  playShort: 'Үзүүлэх',
  pause: 'Зогсоох',
  pauseShort: 'Зогсоох',
  nextCycle: 'Дараагийн мөчлөг',
  nextShort: 'Дараагийн',
  /** After the share in per cent. */
  ofKhoroos: 'хороодын хувь',
  khoroosOf: (some: number, all: number) => `(${n(all)} хорооноос ${n(some)})`,
  nKhoroos: (n_khoroos: number) => `${n(n_khoroos)} хороо`,
  crossing: (counts: string) =>
    `Хил өөрчлөгдсөн${counts}: мөчлөг бүрийг үеийнх нь хилээр зурав, ижил дугаар өөр нутаг байж болно.`,
  level: 'Нэгж',
  levels: { khoroo: 'Хороо', district: 'Дүүрэг' },
  rate: 'Тоолох арга',
  rates: { count: 'Тоо', per10000: '10\u00a0000 хүн тутамд' },
  theme: 'Сэдэв',
  allThemes: 'Бүх сэдэв',
  form: 'Зургийн хэлбэр',
  forms: { map: 'Газрын зураг', cells: 'Ижил нүд' },
  layers: 'Зураг дээр нэмж харуулах',
  layerNames: { practices: 'Сайн туршлагын цэг', replications: 'Нутагшуулалтын шугам' },
  layerLegend: {
    practices: 'Туршлага хэрэгжсэн газар; зөвхөн дэмжигдсэнийг зурсан, тоонд илгээсэн бүгд орно',
    replications: 'Туршлагын эзэн хорооноос нутагшуулсан хороо руу',
  },
  linesOf: (place: string, n_to: number, n_from: number, n_within: number) =>
    n_to + n_from + n_within === 0
      ? `${place}: энэ мөчлөгт ирсэн, гарсан шугам зурагт алга.`
      : `${place}: ирсэн ${n(n_to)}, гарсан ${n(n_from)}${n_within > 0 ? `, өөрийн хороод хооронд ${n(n_within)}` : ''} нутагшуулалтыг шугамаар үзүүлэв. Сонголтыг цуцлах хүртэл бусад шугамыг нуусан.`,
  linesNotCounted: 'Энэ мөчлөгт нутагшуулсан тоог бүртгээгүй тул харуулах шугам байхгүй.',
  notCounted: 'Энэ мөчлөгт нутагшуулсан тоог бүртгээгүй тул зөвхөн тодорхойлсон сайн туршлагыг харуулав.',
  andMore: (title: string, n_more: number) => `${title} (дахин ${n(n_more)})`,
  choices: 'Газрын зургийн сонголт',
  moreChoices: 'Бусад сонголт',
  /** Short, for buttons. */
  measures: {
    identifications: 'Тодорхойлсон',
    replications: 'Нутагшуулсан',
    replications_hosted: 'Бусад хороонд нутагшсан',
    participation: 'Туршлага илгээсэн',
    bivariate: 'Хоёуланг нь',
  } as Record<string, string>,
  /** Whole, for the title. */
  measureTitles: {
    identifications: 'Тодорхойлсон сайн туршлага',
    replications: 'Нутагшуулсан сайн туршлага',
    replications_hosted: 'Бусад хороонд нутагшсан сайн туршлага',
    participation: 'Сайн туршлагаа илгээсэн хороо',
    bivariate: 'Тодорхойлсон ба нутагшуулсан сайн туршлага',
  } as Record<string, string>,
  /** The cycle's title follows, where there is one. */
  title: (measure: string, level: 'khoroo' | 'district') =>
    `${measure}, ${level === 'khoroo' ? 'хороогоор' : 'дүүргээр'}`,
  /** What a rate divides by. */
  per10000: (years: string) => `${years} оны хүн амаар`,
  /** After the city's figures; `n_totals` is 0 where nothing was reported. */
  base: (n_totals: number, n_units: number, level: 'khoroo' | 'district') => {
    if (n_totals === 0) return 'Энэ мөчлөгт тайлагнаагүй.';
    return level === 'khoroo' ? `нийт ${n(n_units)} хороонд` : `нийт ${n(n_units)} дүүрэгт`;
  },

  ofRate: (measure: string) => `${measure}, 10\u00a0000 хүн тутамд`,
  /** Before the figure of a whole area: a sum, or what holds of it as one. */
  totalOf: (place: string) => `${place}, нийт`,
  overallOf: (place: string) => `${place}, нийтдээ`,
  totalOfRows: 'Эдгээр мөрийн нийлбэр',
  city: 'Улаанбаатар',
  /** Of an address that names what there is not. */
  notThere: (thing: string, given: string, shown: string) =>
    `Хаягт заасан «${thing}: ${given}» гэсэн сонголт энэ газрын зурагт алга. Оронд нь харуулсан: ${shown}.`,
  khoroo: (number: number) => `${ordinalMn(number)} хороо`,
  placeNotInBoundaries: (place: string) => `${place} энэ хилд байхгүй тул сонгосон газар алга.`,
  notInBoundaries: (code: string) => `Энэ хилд «${code}» гэсэн нэгж алга тул сонгосон газар байхгүй.`,
  shownInstead: { boundaries: 'Хил', none: 'сонголтгүй', byDistrict: 'дүүргийн дарааллаар' },
  part: 'Хотын аль хэсэг',
  sorted: 'Эрэмбэ',
  place: 'Зураг дээрх цэг',
  noCycleHere: 'Эдгээр хил дээр тоолсон мөчлөг алга',
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
  showMore: 'Дэлгэх',
  showLess: 'Хураах',
  placePage: 'Бүх тоо, сайн туршлагыг үзэх',
  /** Why a list of practices is shorter than their figure; pages say the same (`src/pages/words`). */
  entered: (n_entered: number, n_with_page: number) =>
    `Илгээж, тоонд орсон: ${n(n_entered)}. Дүүрэг дэмжиж, өөрийн хуудастай болсон: ${n(n_with_page)}. Бусад нь дэмжигдээгүй, эсвэл шийдвэр хүлээж байна.`,
  copiedFrom: 'Хэнээс нутагшуулсан',
  copiedBy: 'Хэн нутагшуулсан',
  unknownKhoroo: 'Хороо нь тодорхойгүй',
  moreKhoroos: (n_more: number) => `дахин ${n(n_more)} хороо`,
  partners: 'Хэнээс суралцах вэ',
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
  inOtherBoundaries: 'өөр хилээр',
  trendCrosses: 'Хил өөрчлөгдсөн: ижил дугаар нь ижил нутаг биш. Хорооны өөрийнх нь хуудсанд өмнөх тоог одоогийн нутагт шилжүүлж, тооцоогоор харуулна.',

  map: 'Газрын зураг',
  mapLabel:
    'Улаанбаатар хотын хороодын газрын зураг. Сумтай товчоор зөөж, нэмэх хасах товчоор томруулж багасгана. Зөөсний дараа ' +
    'голын загалмайд таарсан хороог уншина, Enter дарж сонгоно. Бүх хорооны утга ижил нүдтэй зураг болон хүснэгтэд бий.',
  mapControls: 'Газрын зургийн товчлуур',
  zoomIn: 'Томруулах',
  zoomOut: 'Багасгах',
  panUp: 'Хойд зүг рүү зөөх',
  panDown: 'Урд зүг рүү зөөх',
  panLeft: 'Баруун зүг рүү зөөх',
  panRight: 'Зүүн зүг рүү зөөх',
  viewCore: 'Хотын төв',
  viewCity: 'Бүх хот',
  viewBuiltUp: 'Суурьшлын хэсэг',
  goTo: (place: string) => `${place} руу очих`,
  farDistricts: 'Хотоос алслагдсан дүүргүүд',
  cellsLabel: {
    khoroo: 'Хороо бүрийг ижил нүдээр харуулсан зураг. Сумтай товчоор шилжиж, Enter дарж сонгоно.',
    district: 'Дүүргүүдийг ижил нүдээр харуулсан зураг. Сумтай товчоор шилжиж, Enter дарж сонгоно.',
  },
  kilometres: 'км',
  metres: 'м',

  table: 'Хүснэгт',
  showTable: 'Хүснэгтээр харах',
  hideTable: 'Хүснэгтийг хаах',
  tableCaption: (title: string) => `${title}. Мөрийг сонгоход газрын зурагт тэмдэглэгдэнэ.`,
  columns: { district: 'Дүүрэг', place: 'Хороо', value: 'Тоо', residents: 'Хүн ам' },
  filter: 'Шүүх',
  filterHint: 'Нэр, дугаар',
  allDistricts: 'Бүх дүүрэг',
  nRows: (n_rows: number, n_all: number) => (n_rows === n_all ? `${n(n_all)} мөр` : `${n(n_all)} мөрөөс ${n(n_rows)}`),
  noRows: 'Шүүлтэд тохирох мөр алга. Үгээ өөрчлөх эсвэл арилгана уу.',
  downloadCsv: 'CSV татах',

  search: 'Хороо, дүүрэг, сайн туршлага хайх',
  searchHint: 'Хороо, дүүрэг, туршлага',
  suggestions: 'Хайлтын үр дүн',
  foundKinds: { khoroo: 'хороо', district: 'дүүрэг', practice: 'сайн туршлага', landmark: 'газар, хаяг', place: 'байршил' },
  coordinates: (lon: number, lat: number) => `Уртраг ${lon}°, өргөрөг ${lat}°`,
  nFound: (n_shown: number, n_found: number) =>
    n_shown < n_found ? `${n(n_found)} үр дүнгээс эхний ${n(n_shown)}` : `${n(n_found)} үр дүн`,
  nothingFound: 'Юу ч олдсонгүй. «БЗД 26» эсвэл «хог» гэх мэтээр оролдоно уу.',
  searchFailed: 'Хайж чадсангүй. Холболтоо шалгаад дахин оролдоно уу.',
  whereAmI: 'Миний байгаа хороо',
  locating: 'Байршлыг тодорхойлж байна…',
  positionDenied: 'Хөтөч байршлыг зөвшөөрсөнгүй. Хорооны нэрээр хайна уу.',
  positionUnknown: 'Байршлыг тодорхойлж чадсангүй. Хорооны нэрээр хайна уу.',
  outsideCity: 'Энэ байршил Улаанбаатарын хороодын гадна байна.',
  nearestKhoroo: (khoroo: string, distance: string) => `Хамгийн ойр нь: ${khoroo}, ${distance}.`,
  youAreHere: 'Та энд байна',
  outsidePart: 'Энэ байршил энд харуулсан нутгийн гадна байна.',
  notInCells: 'Энэ байршил аль ч хороонд хамаарахгүй тул ижил нүдтэй зурагт харагдахгүй.',

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
  outdated: 'Сонгох мөчлөг, сэдэв эсвэл хил өөрчлөгдсөн байна.',
  reload: 'Хуудсыг дахин ачаалах',
  mapIsReady: 'Газрын зураг бэлэн боллоо.',
  showLive: 'Газрын зургийг нээх',
  asOf: (time: string) => `Тоо баримт ${time} байдлаар.`,
  /** What did not come, while what was there before stays. */
  stays: {
    offline: (title: string) => `Сүлжээ алга: «${title}» ачаалагдсангүй. Өмнөх зураг хэвээр байна.`,
    data: (title: string) => `«${title}» ачаалагдсангүй. Өмнөх зураг хэвээр байна.`,
  },
  retry: 'Дахин оролдох',
  otherVintage: (vintage: string) =>
    `Хаягт заасан «${vintage}» хилээр энэ мөчлөгийг тоолоогүй тул мөчлөгийн үеийн хилээр харуулав.`,
  noLines: 'Энэ үеийн хорооны хил зурагдаагүй тул дүүргээр харуулав.',
  validity: (from: string, to: string | null) => (to === null ? `${genitiveOfDay(from)} өдрөөс` : `${from} – ${to}`),
  source: 'Хилийн эх сурвалж',
  contextSource: 'Суурь давхаргын эх сурвалж',
  pair: (first: string, second: string) => `${first} тодорхойлсон, ${second} нутагшуулсан`,
  sentence: (place: string, value: string, figure: string) => `${place}: ${value}. ${figure}`,
};
