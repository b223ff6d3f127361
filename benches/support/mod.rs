//! Data for the benchmarks: the seeded demo city of any size, through the real store.

use std::sync::Arc;

use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::geometry::ring::sides;
use hlp_tracker::model::{
    GridPoint, Loaded, MultiPolygon, Polygon, Practice, PracticeDetails, PracticeStatus, Ring, VintageId,
};
use hlp_tracker::snapshot::{Geography, Snapshot};
use hlp_tracker::store::{Location, Mode, Store, open};

const SEED: u64 = 1;

/// What a load of a fresh GeoPackage with `khoroos` invented khoroos brings.
pub fn loaded(khoroos: usize) -> Loaded {
    loaded_as(&DemoOptions { khoroos, seed: SEED, ..DemoOptions::default() })
}

fn loaded_as(options: &DemoOptions) -> Loaded {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("demo.gpkg");
    let location = Location::parse(path.to_str().expect("UTF-8")).expect("a location");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let store = open(&location, Mode::CreateEmpty).await.expect("a new store");
        store.apply(&generate(options), None, "bench", "demo").await.expect("a valid change set");
        store.load(None).await.expect("a load")
    })
}

pub fn snapshot(khoroos: usize) -> Snapshot {
    Snapshot::build(loaded(khoroos), None, 10_000.0).expect("a snapshot of the demo")
}

/// Vertices of a khoroo that is finely drawn, on average.
const FINE_VERTICES: usize = 300;
/// Places asked for their khoroo.
const N_PLACES: usize = 10_000;

/// The lines of 2022; where they are to be fine, each edge is parted until a khoroo has about 300 vertices.
pub fn geography(khoroos: usize, fine: bool) -> Arc<Geography> {
    let vintage: VintageId = "2022".parse().expect("a vintage");
    let mut loaded = loaded_as(&DemoOptions { khoroos, seed: SEED, records_pct: 0 });
    loaded.vintages.retain(|other| other.id == vintage);
    loaded.datasets.retain(|other, _| *other == vintage);
    if fine {
        let shapes = loaded.datasets.values_mut().flat_map(|dataset| &mut dataset.khoroos);
        let shapes: Vec<&mut MultiPolygon> = shapes.filter_map(|khoroo| khoroo.shape.as_mut()).collect();
        let n_vertices: usize = shapes.iter().map(|shape| shape.vertices().count()).sum();
        let n_parts = (FINE_VERTICES * shapes.len()).div_ceil(n_vertices);
        for shape in shapes {
            part_edges(shape, n_parts as i64);
        }
    }
    let snapshot = Snapshot::build(loaded, None, 10_000.0).expect("a snapshot of the demo");
    Arc::clone(&snapshot.vintage(&vintage).expect("the vintage of the demo").geography)
}

/// Parts each edge, from either side into the same places.
fn part_edges(shape: &mut MultiPolygon, n_parts: i64) {
    let between = |a: GridPoint, b: GridPoint, k: i64| {
        let (a, b, k) = if a < b { (a, b, k) } else { (b, a, n_parts - k) };
        let at = |a: i32, b: i32| a + (k * (i64::from(b) - i64::from(a)) / n_parts) as i32;
        GridPoint::new(at(a.x, b.x), at(a.y, b.y))
    };
    for ring in shape
        .0
        .iter_mut()
        .flat_map(|polygon| std::iter::once(&mut polygon.exterior).chain(&mut polygon.interiors))
    {
        let parts = |(a, b)| (0..n_parts).map(move |k| between(a, b, k));
        let mut fine: Ring = sides(ring).flat_map(parts).collect();
        fine.dedup();
        *ring = fine;
    }
}

/// Places by chance, each in the box around some khoroo.
pub fn places(geography: &Geography) -> Vec<GridPoint> {
    let mut noise = Noise::new(SEED);
    let place = |_| {
        let khoroo = &geography.khoroos[noise.next() as usize % geography.khoroos.len()];
        let around = khoroo.bounds.expect("lines");
        let mut within =
            |low: i32, high: i32| low + (noise.next() % u64::from(high.abs_diff(low).max(1))) as i32;
        GridPoint::new(within(around.west, around.east), within(around.south, around.north))
    };
    (0..N_PLACES).map(place).collect()
}

/// Shared practices whose titles are drawn from stems and endings: some ten thousand words, as in a language
/// that bends them.
pub fn practices(n: usize) -> Vec<Practice> {
    const STEMS: [&str; 24] = [
        "хог",
        "хаягдал",
        "цэцэрлэг",
        "гудамж",
        "гэрэлтүүлэг",
        "иргэн",
        "оролцоо",
        "үйлчилгээ",
        "цахим",
        "мод",
        "тоглоом",
        "талбай",
        "үер",
        "суваг",
        "ахмад",
        "хүүхэд",
        "сургууль",
        "ажил",
        "оёдол",
        "орц",
        "самбар",
        "мэдээлэл",
        "хашаа",
        "жорлон",
    ];
    const ENDINGS: [&str; 12] =
        ["", "ын", "тай", "аас", "руу", "ууд", "уудын", "гүй", "сан", "лага", "лт", "лтын"];
    let mut noise = Noise::new(SEED);
    let mut word = || {
        let stem = STEMS[noise.next() as usize % STEMS.len()];
        let middle = char::from_u32(0x430 + (noise.next() % 32) as u32).expect("a Cyrillic letter");
        let ending = ENDINGS[noise.next() as usize % ENDINGS.len()];
        if noise.next().is_multiple_of(2) {
            format!("{stem}{ending}")
        } else {
            format!("{stem}{middle}{ending}")
        }
    };
    let title = |word: &mut dyn FnMut() -> String| (0..5).map(|_| word()).collect::<Vec<_>>().join(" ");
    let practice = |nth: usize| Practice {
        id: format!("z-{nth:05}"),
        title_mn: title(&mut word),
        title_en: Some(format!("Practice of neighbours {nth}")),
        summary_mn: None,
        summary_en: None,
        theme: "waste".into(),
        host: "2022:bzd-26".parse().expect("a khoroo"),
        status: PracticeStatus::Shared,
        details: PracticeDetails::default(),
        location: None,
        illustrative: true,
    };
    (0..n).map(practice).collect()
}

/// The khoroos of 2022, their borders equal from both sides.
pub fn clean_units(khoroos: usize) -> Vec<MultiPolygon> {
    let vintage: VintageId = "2022".parse().expect("a vintage");
    let mut loaded = loaded(khoroos);
    let dataset = loaded.datasets.remove(&vintage).expect("the vintage of the demo");
    dataset.khoroos.into_iter().filter_map(|khoroo| khoroo.shape).collect()
}

/// The same, every vertex moved by up to 10 steps (10 cm) for each khoroo by itself: slivers on every border.
pub fn dirty_units(khoroos: usize) -> Vec<MultiPolygon> {
    let mut noise = Noise::new(SEED);
    let mut moved = || (noise.next() % 21) as i32 - 10;
    let mut ring =
        |ring: &Ring| -> Ring { ring.iter().map(|p| GridPoint::new(p.x + moved(), p.y + moved())).collect() };
    let mut polygon = |polygon: &Polygon| Polygon {
        exterior: ring(&polygon.exterior),
        interiors: polygon.interiors.iter().map(&mut ring).collect(),
    };
    clean_units(khoroos).iter().map(|unit| MultiPolygon(unit.0.iter().map(&mut polygon).collect())).collect()
}

/// A seeded stream of numbers: `SplitMix64`.
pub struct Noise(u64);

impl Noise {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
