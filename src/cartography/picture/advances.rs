//! How wide a text is in Noto Sans, the font of all pictures.
//!
//! Owns: the font's advance widths for the letters and signs of the service, in thousandths of the font size.
//! Design: pictures are laid out without the files of the font, which the build of the viewer makes; a test holds
//! these widths beside what the renderer measures. Kerning is left out: it takes a few hundredths of a line at most.

/// Regular, then semi-bold.
type Advances<const N: usize> = [[u16; N]; 2];

/// Of letters that stand nowhere here.
const OTHER: u16 = 620;
/// Of signs as wide as high, from [`IDEOGRAPHS`] on.
const WIDE: u16 = 1_000;
const IDEOGRAPHS: char = '\u{2e80}';

/// From space to tilde.
const ASCII: Advances<95> = [
    [
        260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572,
        572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728,
        741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329,
        372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605,
        615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
    ],
    [
        260, 277, 452, 646, 572, 875, 743, 250, 324, 324, 546, 572, 279, 320, 276, 399, 572, 572, 572, 572,
        572, 572, 572, 572, 572, 572, 276, 279, 572, 572, 572, 461, 898, 672, 659, 638, 732, 558, 538, 726,
        756, 370, 309, 647, 546, 929, 793, 787, 615, 787, 643, 550, 569, 747, 631, 953, 638, 603, 576, 330,
        399, 330, 572, 423, 333, 585, 626, 502, 626, 585, 371, 626, 638, 283, 283, 588, 283, 960, 638, 617,
        626, 626, 434, 493, 406, 638, 547, 830, 560, 548, 484, 389, 551, 389, 572,
    ],
];

/// From А to я.
const CYRILLIC: Advances<64> = [
    [
        638, 614, 650, 509, 729, 556, 905, 577, 756, 756, 625, 698, 907, 743, 761, 733, 605, 640, 556, 616,
        817, 588, 740, 673, 1035, 1026, 685, 849, 607, 647, 999, 638, 556, 597, 564, 438, 607, 551, 759, 488,
        621, 621, 531, 587, 768, 614, 594, 606, 608, 493, 465, 509, 737, 511, 612, 589, 894, 897, 623, 759,
        545, 494, 799, 577,
    ],
    [
        671, 636, 658, 543, 758, 559, 962, 587, 778, 778, 667, 720, 929, 760, 771, 751, 616, 643, 569, 634,
        870, 637, 762, 702, 1055, 1056, 728, 893, 631, 653, 1010, 665, 581, 614, 584, 461, 626, 572, 826,
        505, 654, 654, 584, 609, 811, 640, 611, 633, 625, 512, 490, 547, 782, 552, 636, 619, 931, 933, 653,
        818, 574, 513, 831, 594,
    ],
];

const SIGNS: [(char, [u16; 2]); 23] = [
    ('\u{a0}', [260, 260]),
    ('©', [832, 832]),
    ('«', [509, 574]),
    ('²', [350, 368]),
    ('·', [268, 276]),
    ('»', [509, 574]),
    ('Ё', [556, 559]),
    ('ё', [551, 572]),
    ('Ү', [566, 603]),
    ('ү', [508, 549]),
    ('Ө', [782, 788]),
    ('ө', [605, 614]),
    ('–', [500, 500]),
    ('—', [1000, 1000]),
    ('’', [175, 201]),
    ('“', [359, 413]),
    ('”', [359, 413]),
    ('„', [416, 476]),
    ('…', [791, 831]),
    ('€', [572, 572]),
    ('₮', [572, 572]),
    ('№', [1020, 1025]),
    ('−', [572, 577]),
];

/// In units of the font size.
pub fn text_width(text: &str, is_bold: bool) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c, usize::from(is_bold)))).sum();
    f64::from(thousandths) / 1000.0
}

fn advance(c: char, weight: usize) -> u16 {
    let within = |first: char| (c as usize).checked_sub(first as usize);
    let listed = within(' ').and_then(|at| ASCII[weight].get(at));
    let listed = listed.or_else(|| within('А').and_then(|at| CYRILLIC[weight].get(at))).copied();
    let sign = || SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, advances)| advances[weight]);
    listed.or_else(sign).unwrap_or(if c < IDEOGRAPHS { OTHER } else { WIDE })
}
