//! The form of a map that gives each khoroo one equal cell.
//!
//! Owns: where cells and outlines stand in the picture. Leaves to others: where among them names have
//! room ([`NameRoom`]); a part of the city is named in the title alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::advances::text_width;
use super::frame::{Dress, Frame, Scope};
use super::svg::{Num, Svg};
use super::theme::Theme;
use super::units::Painted;
use super::{Panel, marks};
use crate::cartography::cell_names::{LETTERS, NameRoom, STRIP};
use crate::geometry::cells::Cell;
use crate::snapshot::{Level, Unit};

/// Side of a cell of a bare picture: as wide as a fingertip needs on a telephone.
const CELL: f64 = 24.0;
/// Larger cells for a part of the city.
const CELL_OF_AREA: f64 = 48.0;
/// No cell of a framed picture is larger.
const CELL_MAX: f64 = 72.0;
/// From this side on a cell has room for number and value.
const VALUED: f64 = 25.0;

/// The part of the grid that is shown.
struct Grid {
    origin: Cell,
    n_columns: u16,
    n_rows: u16,
    /// By khoroo; `None` for one that is not shown.
    cells: Vec<Option<Cell>>,
    /// Cells of any vintage, with their district.
    held: BTreeMap<Cell, usize>,
    room: NameRoom,
}

/// Where the grid stands in the picture.
#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    side: f64,
}

/// Width and height that suit what is shown.
pub fn shape(painted: &Painted) -> [f64; 2] {
    let grid = Grid::of(painted);
    let side = if painted.scope.is_city() { CELL } else { CELL_OF_AREA };
    [f64::from(grid.n_columns.max(1)) * side + 2.0, grid.height() * side + 2.0]
}

pub fn draw(svg: &mut Svg, panel: Panel, painted: &Painted, theme: Theme, frame: &Frame) {
    let grid = Grid::of(painted);
    let side = ((panel.width - 2.0) / f64::from(grid.n_columns.max(1)))
        .min((panel.height - 2.0) / grid.height())
        .min(CELL_MAX);
    let place = Place {
        x: panel.x + (panel.width - side * f64::from(grid.n_columns)) / 2.0,
        y: panel.y + (panel.height - side * grid.height()) / 2.0,
        side,
    };
    if painted.class_of.iter().any(|&class| class == painted.entries.len() - 1) {
        svg.put(format_args!("<defs>{}</defs>", marks::Hatch { theme, id: frame.id(), scale: 1.0 }));
    }
    match painted.level {
        Level::Khoroo => khoroos(svg, &grid, place, painted, theme, frame),
        Level::District => districts(svg, &grid, place, painted, theme, frame),
    }
    outlines(svg, &grid, place, painted, theme);
    names(svg, &grid, place, painted, theme);
}

impl Grid {
    fn of(painted: &Painted) -> Self {
        let (snapshot, view) = (painted.snapshot, painted.view);
        let geography = &view.geography;
        let only = match painted.scope {
            Scope::City => None,
            Scope::District(district) | Scope::Khoroo { district, .. } => Some(district),
        };
        let Some(layout) = snapshot.seats.layout() else {
            let cells = vec![None; geography.khoroos.len()];
            let room = NameRoom::default();
            return Self { origin: [0, 0], n_columns: 0, n_rows: 0, cells, held: BTreeMap::new(), room };
        };
        let is_shown = |district: usize| only.is_none_or(|only| only == district);
        let cell = |(idx, &seat): (usize, &u32)| {
            is_shown(geography.district_of[idx] as usize).then(|| layout.cells[seat as usize])
        };
        let cells: Vec<Option<Cell>> = snapshot.seats_of(view).iter().enumerate().map(cell).collect();
        let mut held = BTreeMap::new();
        for (idx, district) in geography.districts.iter().enumerate().filter(|(idx, _)| is_shown(*idx)) {
            held.extend(snapshot.seats.cells_of(&district.district).into_iter().map(|cell| (cell, idx)));
        }
        let (mut origin, mut end) = ([0, 0], [layout.n_columns, layout.n_rows]);
        if only.is_some() {
            let along = |axis: usize| held.keys().map(move |cell| cell[axis]);
            origin = [0, 1].map(|axis| along(axis).min().unwrap_or(0));
            end = [0, 1].map(|axis| along(axis).max().map_or(0, |last| last + 1));
        }
        let room = match (only, painted.level) {
            (None, Level::Khoroo) => NameRoom::of(snapshot, view),
            (None, Level::District) => NameRoom::on_ground(snapshot, view),
            (Some(_), _) => NameRoom::default(),
        };
        Self { origin, n_columns: end[0] - origin[0], n_rows: end[1] - origin[1], cells, held, room }
    }

    /// In heights of a cell, with all strips.
    fn height(&self) -> f64 {
        let rows = self.n_rows.max(1);
        self.room.top(self.origin[1] + rows) - f64::from(self.origin[1])
    }
}

impl Place {
    /// The upper left corner of a cell.
    fn px(self, grid: &Grid, [column, row]: Cell) -> [f64; 2] {
        self.at(grid, f64::from(column), grid.room.top(row))
    }

    /// A corner of an outline that lies above or below its district.
    fn corner(self, grid: &Grid, [column, row]: Cell, is_above: bool) -> [f64; 2] {
        let y = if is_above { grid.room.top(row) } else { grid.room.foot_above(row) };
        self.at(grid, f64::from(column), y)
    }

    fn at(self, grid: &Grid, x: f64, y: f64) -> [f64; 2] {
        let [column, row] = grid.origin.map(f64::from);
        [self.x + (x - column) * self.side, self.y + (y - row) * self.side]
    }
}

/// Cells hold their value too, below their number.
fn is_valued(frame: &Frame, place: Place) -> bool {
    matches!(frame.dress, Dress::Framed { .. }) && place.side >= VALUED
}

fn khoroos(svg: &mut Svg, grid: &Grid, place: Place, painted: &Painted, theme: Theme, frame: &Frame) {
    let side = place.side - 1.0;
    let is_valued = is_valued(frame, place);
    let size =
        if is_valued { (place.side * 0.33).clamp(8.0, 14.0) } else { (place.side * 0.42).clamp(8.0, 16.0) };
    svg.put(format_args!("<g font-size=\"{}\" text-anchor=\"middle\">", Num(size)));
    for (idx, cell) in grid.cells.iter().enumerate() {
        let Some(cell) = *cell else { continue };
        let [x, y] = place.px(grid, cell);
        let path = format!("M{} {}h{}v{}h-{}z", Num(x + 0.5), Num(y + 0.5), Num(side), Num(side), Num(side));
        let entry = painted.entry(idx);
        let edge = (painted.class_of[idx] == 0).then_some(theme.edge);
        let fill = marks::Fill { painted, idx, theme, id: frame.id() };
        let shape = marks::Shape { path: &path, fill, edge };
        let mut inner = shape.to_string();
        let letters = theme.letters(entry.fill());
        let number = painted.units()[idx].number;
        let value = painted.short_value(idx).filter(|_| is_valued);
        let middle = x + place.side / 2.0;
        let written = match value {
            None => {
                let y = y + place.side / 2.0 + size * 0.36;
                write!(
                    inner,
                    "<text x=\"{}\" y=\"{}\" fill=\"{letters}\">{number}</text>",
                    Num(middle),
                    Num(y)
                )
            }
            Some(value) => {
                let room = (place.side - 3.0) / text_width(value, true);
                let large = (place.side * 0.42).min(room);
                let kept = if value.len() > 2 {
                    marks::Kept { text: value, size: large, is_bold: true }.to_string()
                } else {
                    String::new()
                };
                let (top, foot) = (y + 1.5 + size, y + place.side * 0.5 + size * 0.4 + large * 0.42);
                write!(
                    inner,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"start\" \
                     fill=\"{letters}\">{number}</text><text x=\"{}\" y=\"{}\" font-size=\"{}\" \
                     font-weight=\"600\" fill=\"{letters}\"{kept}>{value}</text>",
                    Num(x + 3.0),
                    Num(top),
                    Num(middle),
                    Num(foot),
                    Num(large)
                )
            }
        };
        written.expect("writing to a string cannot fail");
        svg.put(marks::Linked { painted, idx, frame, inner });
    }
    svg.put("</g>");
}

fn districts(svg: &mut Svg, grid: &Grid, place: Place, painted: &Painted, theme: Theme, frame: &Frame) {
    for (idx, unit) in painted.units().iter().enumerate().filter(|(idx, _)| painted.is_shown(*idx)) {
        let path = outline(grid, place, painted, unit);
        let edge = (painted.class_of[idx] == 0).then_some(theme.edge);
        let fill = marks::Fill { painted, idx, theme, id: frame.id() };
        let inner = marks::Shape { path: &path, fill, edge };
        svg.put(marks::Linked { painted, idx, frame, inner });
    }
}

fn outline(grid: &Grid, place: Place, painted: &Painted, district: &Unit) -> String {
    let mut path = String::new();
    for ring in painted.snapshot.seats.outline(&district.district) {
        for (idx, &corner) in ring.iter().enumerate() {
            // Rings go clockwise, so the edge along a row leads east where the district lies below it.
            let [before, after] = [ring.len() - 1, 1].map(|step| ring[(idx + step) % ring.len()]);
            let is_above = if after[1] == corner[1] { after[0] > corner[0] } else { corner[0] > before[0] };
            let [x, y] = place.corner(grid, corner, is_above);
            let command = if idx == 0 { "M" } else { "L" };
            write!(path, "{command}{} {}", Num(x), Num(y)).expect("writing to a string cannot fail");
        }
        path.push('z');
    }
    path
}

fn outlines(svg: &mut Svg, grid: &Grid, place: Place, painted: &Painted, theme: Theme) {
    let mut path = String::new();
    for (idx, district) in painted.view.geography.districts.iter().enumerate() {
        if grid.held.values().any(|&held| held == idx) {
            path.push_str(&outline(grid, place, painted, district));
        }
    }
    if !path.is_empty() {
        svg.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-opacity=\".7\" \
             pointer-events=\"none\"/>",
            theme.ink
        ));
    }
    let chosen = painted.chosen().filter(|_| painted.level == Level::Khoroo);
    if let Some(cell) = chosen.and_then(|idx| grid.cells[idx]) {
        let [x, y] = place.px(grid, cell);
        svg.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"3\"/>",
            Num(x + 0.5),
            Num(y + 0.5),
            Num(place.side - 1.0),
            Num(place.side - 1.0),
            theme.accent
        ));
    }
}

fn names(svg: &mut Svg, grid: &Grid, place: Place, painted: &Painted, theme: Theme) {
    let size = (place.side * LETTERS).clamp(10.0, 15.0);
    let districts = painted.view.geography.districts.iter().zip(&grid.room.names);
    for (idx, (district, spot)) in districts.enumerate() {
        let Some(spot) = *spot else { continue };
        let [x, y] = place.at(grid, spot.x, grid.room.middle(spot));
        let text = painted.name(district);
        let half = text_width(text, true) * size / place.side / 2.0;
        let (west, east) = ((spot.x - half).max(0.0).floor() as u16, (spot.x + half).ceil() as u16);
        let is_inside = (west..east).all(|column| grid.held.get(&[column, spot.row]) == Some(&idx));
        let on = match painted.level {
            Level::District if is_inside => theme.on(painted.entry(idx).fill()),
            _ => theme.over(),
        };
        if !is_inside {
            // No border runs into the letters.
            let (half, height) = (half * place.side + 2.0, STRIP * place.side - 2.0);
            svg.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" pointer-events=\"none\"/>",
                Num(x - half),
                Num(y - height / 2.0),
                Num(2.0 * half),
                Num(height),
                theme.paper
            ));
        }
        svg.put(marks::Label { x, y: y + size * 0.36, size, is_bold: true, on, text });
    }
}
