//! Layers of a vintage's units: `districts`, `khoroos`, `borders`, and a label point for each unit.
//!
//! Owns: names of these layers and their properties, and from which zoom khoroos are drawn.
//! Design: labels are points of their own, because a renderer that labels polygons repeats the name
//! in every tile a unit reaches into. Khoroos' labels begin where khoroos do, and a tile with more
//! than [`LABELS_MAX`] has only those with room for one: a country's worth of names would be a
//! quarter of a tile that can show none of them.

use super::figures::Figures;
use super::frame::Frame;
use super::trails;
use super::writer::{Error, Properties, Shape, TileWriter, Value};
use crate::geometry::cut::{Cut, CutLine, UNITS_FROM_ZOOM};
use crate::snapshot::{Geography, Level, Unit, VintageView};

pub const DISTRICTS: &str = "districts";
pub const KHOROOS: &str = "khoroos";
pub const BORDERS: &str = "borders";
pub const DISTRICT_LABELS: &str = "district_labels";
pub const KHOROO_LABELS: &str = "khoroo_labels";

/// Labels of a level in one tile, beyond which only units with room have theirs. Too low: a city
/// loses names that collide nowhere; too high: bytes for names that no screen has room for.
pub const LABELS_MAX: usize = 1024;
/// 8 by 8 pixels of a tile drawn 512 pixels wide; the shortest name, a number, needs twice that.
const LABEL_ROOM_CELLS: f64 = 64.0 * 64.0;

/// What a unit says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Codes and names.
    Names,
    /// Also residents, households, area and every count.
    Figures,
}

/// What a border parts; drawn in this order, so that a city border covers what it runs along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BorderLevel {
    Khoroo,
    District,
    City,
}

/// Writes all layers of units; nothing for a vintage without lines.
pub fn write(
    view: &VintageView,
    frame: &Frame,
    detail: Detail,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let geography = &*view.geography;
    let Some(cutter) = &geography.cutter else { return Ok(()) };
    // Without lines of khoroos the cutter's units are the districts, below their zoom its groups.
    let by_khoroo = draws_khoroos(geography) && frame.tile.z() >= UNITS_FROM_ZOOM;
    let arrangement = cutter.arrange(frame.tile);
    let by_district = if by_khoroo {
        let district_of = geography.district_of.as_slice();
        let khoroos = arrangement.cut(None);
        write_areas(KHOROOS, view, Level::Khoroo, detail, &khoroos, writer)?;
        write_borders(&khoroos.lines, Some(district_of), writer)?;
        arrangement.cut(Some(district_of))
    } else {
        let districts = arrangement.cut(None);
        write_borders(&districts.lines, None, writer)?;
        districts
    };
    write_areas(DISTRICTS, view, Level::District, detail, &by_district, writer)?;
    write_labels(view, frame, detail, writer)
}

fn write_areas(
    name: &'static str,
    view: &VintageView,
    level: Level,
    detail: Detail,
    cut: &Cut,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    if cut.areas.is_empty() {
        return Ok(());
    }
    let mut layer = writer.layer(name);
    let said = Said::new(view, level, detail, true);
    for (idx, polygons) in &cut.areas {
        let idx = *idx as usize;
        layer.add(Some(view.units(level)[idx].mvt_id), &Shape::Polygons(polygons), &said.of(idx))?;
    }
    layer.finish()
}

/// One feature for each level of border. `district_of`: districts of the units the lines part, or
/// `None` where the units are districts.
fn write_borders(
    lines: &[CutLine],
    district_of: Option<&[u32]>,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let level_of = |line: &CutLine| match (line.left, line.right, district_of) {
        (Some(left), Some(right), Some(district_of))
            if district_of[left as usize] == district_of[right as usize] =>
        {
            BorderLevel::Khoroo
        }
        (Some(_), Some(_), _) => BorderLevel::District,
        _ => BorderLevel::City,
    };
    let mut layer = writer.layer(BORDERS);
    for level in [BorderLevel::Khoroo, BorderLevel::District, BorderLevel::City] {
        let lines: Vec<Vec<[i32; 2]>> =
            lines.iter().filter(|line| level_of(line) == level).map(|line| line.points.clone()).collect();
        let lines = trails::join(&lines);
        let properties = vec![("level".to_owned(), Value::Text(level.word().to_owned()))];
        layer.add(None, &Shape::Lines(&lines), &properties)?;
    }
    layer.finish()
}

fn write_labels(
    view: &VintageView,
    frame: &Frame,
    detail: Detail,
    writer: &mut TileWriter,
) -> Result<(), Error> {
    let geography = &*view.geography;
    let khoroos =
        if frame.tile.z() < UNITS_FROM_ZOOM { Vec::new() } else { geography.khoroos_in(frame.bounds) };
    let districts: Vec<usize> = (0..geography.districts.len()).collect();
    for (name, level, indices) in
        [(KHOROO_LABELS, Level::Khoroo, khoroos), (DISTRICT_LABELS, Level::District, districts)]
    {
        let mut labels: Vec<(usize, [i32; 2])> = indices
            .into_iter()
            .filter_map(|idx| Some((idx, frame.cell(view.units(level)[idx].label?)?)))
            .collect();
        thin_out(&mut labels, |&(idx, _)| has_room(&view.units(level)[idx], frame));
        if labels.is_empty() {
            continue;
        }
        let mut layer = writer.layer(name);
        let said = Said::new(view, level, detail, false);
        for (idx, cell) in labels {
            let unit = &view.units(level)[idx];
            let room = unit.room_m.map(|metres| ("room_m".to_owned(), Value::Count(metres.round() as u64)));
            let properties: Properties = said.of(idx).into_iter().chain(room).collect();
            layer.add(Some(unit.mvt_id), &Shape::Point(cell), &properties)?;
        }
        layer.finish()?;
    }
    Ok(())
}

/// Leaves only labels with room where there are more than a tile can show.
fn thin_out<T>(labels: &mut Vec<T>, has_room: impl Fn(&T) -> bool) {
    if labels.len() > LABELS_MAX {
        labels.retain(has_room);
    }
}

/// Whether a unit covers at least [`LABEL_ROOM_CELLS`] square cells.
fn has_room(unit: &Unit, frame: &Frame) -> bool {
    let (Some(area_km2), Some(place)) = (unit.area_km2, unit.label) else { return false };
    area_km2 * 1e6 >= LABEL_ROOM_CELLS * frame.cell_m(place).powi(2)
}

/// The properties of units of one level, in one layer.
struct Said<'a> {
    units: &'a [Unit],
    figures: Option<Figures<'a>>,
}

impl<'a> Said<'a> {
    fn new(view: &'a VintageView, level: Level, detail: Detail, by_theme: bool) -> Self {
        let figures = (detail == Detail::Figures).then(|| Figures::of(view, level, by_theme));
        Self { units: view.units(level), figures }
    }

    fn of(&self, idx: usize) -> Properties {
        let unit = &self.units[idx];
        let text = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
        let mut properties = vec![
            text("code", &unit.code),
            text("district", unit.district.as_str()),
            ("number".to_owned(), Value::Count(u64::from(unit.number))),
            text("name_mn", &unit.name_mn),
            text("name_en", &unit.name_en),
        ];
        if let Some(figures) = &self.figures {
            figures.add_to(&mut properties, idx);
        }
        properties
    }
}

/// True when the vintage has lines of khoroos, not only of districts.
pub fn draws_khoroos(geography: &Geography) -> bool {
    geography.cutter.is_some() && geography.coverage.is_some()
}

impl BorderLevel {
    const fn word(self) -> &'static str {
        match self {
            Self::Khoroo => "khoroo",
            Self::District => "district",
            Self::City => "city",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_label_too_many_takes_those_without_room() {
        let shown = |n: usize| {
            let mut labels: Vec<usize> = (0..n).collect();
            thin_out(&mut labels, |label| label % 2 == 0);
            labels.len()
        };
        assert_eq!(shown(LABELS_MAX), LABELS_MAX);
        assert_eq!(shown(LABELS_MAX + 1), LABELS_MAX / 2 + 1);
    }
}
