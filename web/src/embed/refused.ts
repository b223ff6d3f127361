// What `<hlp-map>` says where the browser does not show its frame. Apart from the viewer's words, which other
// sites need not load.

export const REFUSED = {
  mn: {
    words: 'Газрын зургийг энд харуулах боломжгүй байна: энэ сайтад харуулахыг хараахан зөвшөөрөөгүй байж магадгүй.',
    link: 'Газрын зургийг хотын сайтад нээх',
  },
  en: {
    words: 'The map cannot be shown here: this site may not be allowed to show it yet.',
    link: 'Open the map on the city’s site',
  },
} as const;
