//! The outlines of the nine invented districts: a hand-laid frame, made to look drawn by nature.
//!
//! [`FRAME`] is a planar graph of straight pieces, laid by eye and then adjusted by least squares
//! until each district has the area and centroid of the facts and touches the known neighbours. It
//! was traced from no map. A seed turns every piece into a wandering line; areas stay, because the
//! lines give as much as they take.
//!
//! Invariant: pieces meet in shared vertices only. Where wandering lines would touch, all of them are
//! drawn again with less roughness.

use super::border::{Manner, wander};
use super::facts::N_DISTRICTS;
use super::field::Field;
use super::plane::{Vertex, segment_distance_m};
use super::random::Random;

/// The drawn outlines.
pub struct Outline {
    /// By district, counter-clockwise, not closed.
    pub rings: [Vec<Vertex>; N_DISTRICTS],
    /// By index into the frame, both ends included; rivers follow some of them.
    pub arcs: Vec<Vec<Vertex>>,
}

/// Lengths of pieces follow the finest of the districts' fields.
pub fn draw(seed: u64, fields: &[Field; N_DISTRICTS]) -> Outline {
    for roughness in [0.22, 0.16, 0.1, 0.05] {
        let arcs = draw_arcs(seed, fields, roughness);
        if are_apart(&arcs) {
            let rings = std::array::from_fn(|district| ring(&arcs, district));
            return Outline { rings, arcs };
        }
    }
    let arcs = draw_arcs(seed, fields, 0.0);
    Outline { rings: std::array::from_fn(|district| ring(&arcs, district)), arcs }
}

/// The frame of a district, counter-clockwise: its outline before it wanders.
pub fn frame_ring(district: usize) -> Vec<Vertex> {
    let arcs: Vec<Vec<Vertex>> =
        FRAME.iter().map(|arc| arc.iter().map(|&p| Vertex::table(p)).collect()).collect();
    ring(&arcs, district)
}

fn draw_arcs(seed: u64, fields: &[Field; N_DISTRICTS], roughness: f64) -> Vec<Vec<Vertex>> {
    (0..FRAME.len())
        .map(|arc| {
            let beside: Vec<&Field> = (0..N_DISTRICTS)
                .filter(|&district| RINGS[district].iter().any(|&(a, _)| a == arc))
                .map(|district| &fields[district])
                .collect();
            let step_m = |x: f64, y: f64| beside.iter().map(|f| f.step_m(x, y)).fold(f64::INFINITY, f64::min);
            let manner = Manner { step_m: &step_m, roughness };
            let mut random = Random::stream(seed, &[PURPOSE, arc as u64]);
            let frame: Vec<Vertex> = FRAME[arc].iter().map(|&p| Vertex::table(p)).collect();
            let mut line = vec![frame[0]];
            for piece in frame.windows(2) {
                line.extend(wander(piece[0], piece[1], 0.0, &manner, &mut random));
                line.push(piece[1]);
            }
            line
        })
        .collect()
}

fn ring(arcs: &[Vec<Vertex>], district: usize) -> Vec<Vertex> {
    let mut ring = Vec::new();
    for &(arc, forward) in RINGS[district] {
        let points = &arcs[arc];
        // The last vertex of each arc is the first of the next.
        if forward {
            ring.extend_from_slice(&points[..points.len() - 1]);
        } else {
            ring.extend(points[1..].iter().rev().copied());
        }
    }
    ring
}

/// True when no two pieces touch but in a vertex they share.
fn are_apart(arcs: &[Vec<Vertex>]) -> bool {
    let mut pieces: Vec<[Vertex; 2]> =
        arcs.iter().flat_map(|arc| arc.windows(2).map(|pair| [pair[0], pair[1]])).collect();
    let west = |p: &[Vertex; 2]| p[0].x.min(p[1].x);
    pieces.sort_by(|a, b| west(a).total_cmp(&west(b)));
    pieces.iter().enumerate().all(|(i, a)| {
        let east = a[0].x.max(a[1].x);
        let (south, north) = (a[0].y.min(a[1].y), a[0].y.max(a[1].y));
        pieces[i + 1..]
            .iter()
            .take_while(|b| west(b) <= east + GAP_M)
            .filter(|b| b[0].y.min(b[1].y) <= north + GAP_M && b[0].y.max(b[1].y) >= south - GAP_M)
            .filter(|b| !a.iter().any(|p| b.iter().any(|q| p.grid == q.grid)))
            .all(|b| segment_distance_m(*a, *b) >= GAP_M)
    })
}

/// Pieces without a common vertex stay this far apart: more than rounding and curvature can take.
const GAP_M: f64 = 0.1;
const PURPOSE: u64 = 0x0071;

/// Lines of the frame between its nodes, longitude and latitude in 1e-4 degrees.
#[rustfmt::skip]
pub const FRAME: [&[(i32, i32)]; 20] = [
    // 0: bgd | chd
    &[(1_068_688, 479_362), (1_068_806, 479_257), (1_068_992, 479_245)],
    // 1: bgd | sbd
    &[(1_068_992, 479_245), (1_069_014, 479_159), (1_068_984, 479_070)],
    // 2: bgd | khud
    &[(1_068_984, 479_070), (1_068_694, 478_969), (1_068_387, 478_895), (1_068_091, 478_820),
      (1_067_867, 478_962)],
    // 3: bgd | skhd
    &[(1_067_867, 478_962), (1_067_943, 479_120), (1_068_157, 479_193), (1_068_364, 479_235),
      (1_068_485, 479_350), (1_068_688, 479_362)],
    // 4: sbd | chd
    &[(1_068_992, 479_245), (1_069_020, 479_488), (1_069_086, 479_745), (1_069_111, 480_011),
      (1_069_160, 480_278), (1_069_222, 480_540), (1_069_192, 480_799), (1_069_059, 481_032),
      (1_068_811, 481_191)],
    // 5: chd | skhd
    &[(1_068_688, 479_362), (1_068_644, 479_641), (1_068_497, 479_905), (1_068_485, 480_181),
      (1_068_421, 480_452), (1_068_386, 480_721), (1_068_585, 480_962), (1_068_811, 481_191)],
    // 6: sbd | skhd
    &[(1_068_811, 481_191), (1_068_756, 481_382), (1_068_559, 481_510)],
    // 7: sbd | outside
    &[(1_068_559, 481_510), (1_068_977, 481_587), (1_069_374, 481_819), (1_069_723, 482_068),
      (1_069_930, 482_315), (1_070_179, 482_067)],
    // 8: bzd | sbd
    &[(1_070_179, 482_067), (1_070_171, 481_771), (1_070_101, 481_434), (1_070_164, 481_079),
      (1_070_020, 480_728), (1_069_943, 480_372), (1_069_788, 480_047), (1_069_706, 479_724),
      (1_069_446, 479_473), (1_069_506, 479_192), (1_069_219, 479_008)],
    // 9: sbd | khud
    &[(1_068_984, 479_070), (1_069_091, 478_995), (1_069_219, 479_008)],
    // 10: bzd | khud
    &[(1_069_219, 479_008), (1_069_323, 478_815), (1_069_630, 478_794), (1_069_780, 478_639),
      (1_069_692, 478_429), (1_069_898, 478_237), (1_069_786, 478_025), (1_069_875, 477_808),
      (1_069_724, 477_613)],
    // 11: khud | skhd
    &[(1_067_867, 478_962), (1_067_516, 478_761), (1_067_068, 478_632), (1_066_586, 478_643),
      (1_066_152, 478_488), (1_065_738, 478_596), (1_065_421, 478_433), (1_065_101, 478_393)],
    // 12: khud | outside
    &[(1_065_101, 478_393), (1_065_236, 477_996), (1_065_165, 477_522), (1_065_819, 477_370),
      (1_066_278, 476_869), (1_067_113, 477_033), (1_067_718, 477_258), (1_068_063, 477_911),
      (1_069_148, 478_063), (1_069_724, 477_613)],
    // 13: skhd | outside
    &[(1_065_101, 478_393), (1_065_576, 478_788), (1_065_279, 479_300), (1_065_258, 479_776),
      (1_064_653, 480_117), (1_064_087, 480_486), (1_064_110, 481_018), (1_063_859, 481_575),
      (1_064_284, 482_083), (1_064_947, 482_394), (1_065_653, 482_649), (1_066_384, 482_456),
      (1_067_042, 482_410), (1_067_792, 482_457), (1_068_286, 481_971), (1_068_559, 481_510)],
    // 14: bzd | outside
    &[(1_070_179, 482_067), (1_070_836, 481_831), (1_071_296, 482_125), (1_071_651, 481_759),
      (1_072_242, 481_609), (1_072_488, 481_201), (1_073_112, 481_066), (1_073_603, 480_697)],
    // 15: nd | bzd
    &[(1_073_603, 480_697), (1_073_619, 480_263), (1_073_437, 479_819), (1_072_918, 479_556),
      (1_073_173, 479_152), (1_072_891, 478_716), (1_073_003, 478_252), (1_072_505, 477_941),
      (1_072_710, 477_568), (1_072_672, 477_143)],
    // 16: bzd | outside
    &[(1_072_672, 477_143), (1_071_941, 477_191), (1_071_305, 476_829), (1_070_447, 477_132),
      (1_069_724, 477_613)],
    // 17: nd | outside
    &[(1_073_603, 480_697), (1_073_772, 480_206), (1_074_182, 479_684), (1_074_887, 479_404),
      (1_075_210, 478_907), (1_075_876, 478_588), (1_076_341, 478_254), (1_075_737, 477_912),
      (1_076_069, 477_433), (1_075_379, 477_159), (1_074_983, 476_682), (1_074_211, 476_729),
      (1_073_587, 476_403), (1_073_142, 476_820), (1_072_672, 477_143)],
    // 18: bn | outside
    &[(1_085_010, 478_638), (1_084_841, 479_356), (1_084_027, 479_788), (1_083_149, 479_472),
      (1_082_275, 479_594), (1_081_931, 478_935), (1_082_168, 478_278), (1_081_752, 477_644),
      (1_082_473, 477_137), (1_083_235, 476_610), (1_084_194, 476_827), (1_084_891, 477_294),
      (1_084_607, 477_960), (1_085_010, 478_638)],
    // 19: bkh | outside
    &[(1_075_458, 473_879), (1_074_996, 474_295), (1_074_263, 474_157), (1_073_575, 474_325),
      (1_073_555, 473_808), (1_073_830, 473_312), (1_074_528, 473_081), (1_075_190, 473_371),
      (1_075_458, 473_879)],
];

/// Lines around each district, counter-clockwise; false where a line is walked backwards.
#[rustfmt::skip]
const RINGS: [&[(usize, bool)]; N_DISTRICTS] = [
    &[(18, true)], // bn
    &[(19, true)], // bkh
    &[(3, false), (2, false), (1, false), (0, false)], // bgd
    &[(8, true), (10, true), (16, false), (15, false), (14, false)], // bzd
    &[(15, true), (17, false)], // nd
    &[(3, true), (5, true), (6, true), (13, false), (11, false)], // skhd
    &[(1, true), (9, true), (8, false), (7, false), (6, false), (4, false)], // sbd
    &[(2, true), (11, true), (12, true), (10, false), (9, false)], // khud
    &[(0, true), (4, true), (5, false)], // chd
];
