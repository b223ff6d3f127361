//! The form of a map that gives each khoroo one equal cell.
//!
//! Owns: where cells, outlines and names of districts stand in the picture.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::frame::{Dress, Frame, Scope};
use super::svg::{Num, Svg, text_width};
use super::theme::Theme;
use super::units::Painted;
use super::{Panel, marks};
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
    [f64::from(grid.n_columns.max(1)) * side + 2.0, f64::from(grid.n_rows.max(1)) * side + 2.0]
}

pub fn draw(svg: &mut Svg, panel: Panel, painted: &Painted, theme: Theme, frame: &Frame) {
    let grid = Grid::of(painted);
    let side = ((panel.width - 2.0) / f64::from(grid.n_columns.max(1)))
        .min((panel.height - 2.0) / f64::from(grid.n_rows.max(1)))
        .min(CELL_MAX);
    let place = Place {
        x: panel.x + (panel.width - side * f64::from(grid.n_columns)) / 2.0,
        y: panel.y + (panel.height - side * f64::from(grid.n_rows)) / 2.0,
        side,
    };
    if painted.class_of.iter().any(|&class| class == painted.entries.len() - 1) {
        svg.put(format_args!("<defs>{}</defs>", marks::Hatch { theme, id: frame.id(), scale: 1.0 }));
    }
    let names = if painted.scope.is_city() {
        names(&grid, place, painted, is_valued(frame, place))
    } else {
        Vec::new()
    };
    match painted.level {
        Level::Khoroo => khoroos(svg, &grid, place, painted, theme, frame, &names),
        Level::District => districts(svg, place, painted, theme, frame),
    }
    outlines(svg, &grid, place, painted, theme);
    for name in &names {
        let Name { x, y, size, ref text, .. } = *name;
        let on = match (painted.level, name.on) {
            (Level::District, Some(district)) => theme.on(painted.entry(district).fill()),
            _ => theme.over(),
        };
        svg.put(marks::Label { x, y, size, is_bold: true, on, text });
    }
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
            return Self { origin: [0, 0], n_columns: 0, n_rows: 0, cells, held: BTreeMap::new() };
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
        Self { origin, n_columns: end[0] - origin[0], n_rows: end[1] - origin[1], cells, held }
    }
}

impl Place {
    /// The corner of a cell, or a corner of an outline.
    fn px(self, grid: &Grid, [column, row]: Cell) -> [f64; 2] {
        let along = |at: u16, origin: u16| f64::from(at) - f64::from(origin);
        [self.x + along(column, grid.origin[0]) * self.side, self.y + along(row, grid.origin[1]) * self.side]
    }
}

/// Cells hold their value too, below their number.
fn is_valued(frame: &Frame, place: Place) -> bool {
    matches!(frame.dress, Dress::Framed { .. }) && place.side >= VALUED
}

fn khoroos(
    svg: &mut Svg,
    grid: &Grid,
    place: Place,
    painted: &Painted,
    theme: Theme,
    frame: &Frame,
    names: &[Name],
) {
    let covered: BTreeSet<Cell> = names.iter().flat_map(|name| name.covered.iter().copied()).collect();
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
        if !covered.contains(&cell) {
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
                    let large = place.side * if value.len() > 3 { 0.3 } else { 0.42 };
                    let (top, foot) = (y + 1.5 + size, y + place.side * 0.5 + size * 0.4 + large * 0.42);
                    write!(
                        inner,
                        "<text x=\"{}\" y=\"{}\" text-anchor=\"start\" \
                         fill=\"{letters}\">{number}</text><text x=\"{}\" y=\"{}\" font-size=\"{}\" \
                         font-weight=\"600\" fill=\"{letters}\">{value}</text>",
                        Num(x + 3.0),
                        Num(top),
                        Num(middle),
                        Num(foot),
                        Num(large)
                    )
                }
            };
            written.expect("writing to a string cannot fail");
        }
        svg.put(marks::Linked { painted, idx, frame, inner });
    }
    svg.put("</g>");
}

fn districts(svg: &mut Svg, place: Place, painted: &Painted, theme: Theme, frame: &Frame) {
    let grid = Grid::of(painted);
    for (idx, unit) in painted.units().iter().enumerate().filter(|(idx, _)| painted.is_shown(*idx)) {
        let path = outline(&grid, place, painted, unit);
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
            let [x, y] = place.px(grid, corner);
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

/// The name of a district, and the cells whose numbers would stand under it.
struct Name {
    x: f64,
    y: f64,
    size: f64,
    text: String,
    covered: Vec<Cell>,
    /// The district whose cells hold all of it.
    on: Option<usize>,
}

/// A name stands in the row of its district that has room and is nearest to the middle, else above a
/// district that has free cells there, else across the middle. Where cells hold a number only, it stands on
/// the line between two such rows instead, and hides none.
fn names(grid: &Grid, place: Place, painted: &Painted, is_valued: bool) -> Vec<Name> {
    let size = (place.side * 0.46).clamp(10.0, 15.0);
    let mut names = Vec::new();
    for (idx, district) in painted.view.geography.districts.iter().enumerate() {
        let cells: Vec<Cell> =
            grid.held.iter().filter(|&(_, &held)| held == idx).map(|(&cell, _)| cell).collect();
        let Some(&first) = cells.first() else { continue };
        let text = painted.name(district).to_owned();
        let width = text_width(&text, true) * size;
        let n = cells.len() as f64;
        let middle = [0, 1].map(|axis| cells.iter().map(|cell| f64::from(cell[axis])).sum::<f64>() / n);
        let on_line: Vec<Cell> = cells
            .iter()
            .copied()
            .filter(|&[column, row]| grid.held.get(&[column, row + 1]) == Some(&idx))
            .collect();
        let is_between = !is_valued && !on_line.is_empty();
        let runs = runs(if is_between { &on_line } else { &cells });
        let room = |run: &[Cell]| run.len() as f64 * place.side;
        let off = |run: &[Cell]| {
            let column = f64::midpoint(f64::from(run[0][0]), f64::from(run[run.len() - 1][0]));
            (f64::from(run[0][1]) - middle[1]).abs() + 0.5 * (column - middle[0]).abs()
        };
        let fitting = runs.iter().filter(|run| room(run) >= width + 4.0);
        let inside = fitting.min_by(|a, b| off(a).total_cmp(&off(b)));
        let top = cells.iter().map(|cell| cell[1]).min().unwrap_or(first[1]);
        let above: Vec<u16> = cells.iter().filter(|cell| cell[1] == top).map(|cell| cell[0]).collect();
        let is_free_above =
            top > 0 && above.iter().all(|&column| !grid.held.contains_key(&[column, top - 1]));
        let longest = runs.iter().max_by(|a, b| a.len().cmp(&b.len()).then(off(b).total_cmp(&off(a))));
        let Some(run) = inside.or(longest) else { continue };
        let [x, y] = place.px(grid, run[0]);
        let down = if is_between { place.side } else { place.side / 2.0 };
        let mut at = [x + room(run) / 2.0, y + down + size * 0.36];
        let mut covered = Vec::new();
        if inside.is_none() && is_free_above {
            let [left, top] = place.px(grid, [above[0], top]);
            let [right, _] = place.px(grid, [above[above.len() - 1] + 1, 0]);
            at = [f64::midpoint(left, right), top - 5.0];
        } else if !is_between {
            let from = (at[0] - width / 2.0 - x) / place.side;
            let to = (at[0] + width / 2.0 - x) / place.side;
            let column = |at: f64| f64::from(run[0][0]) + at;
            let (west, east) = (column(from).floor().max(0.0) as u16, column(to).floor() as u16);
            covered.extend((west..=east).map(|column| [column, run[0][1]]));
        }
        // Names stay in the picture.
        let (low, high) =
            (place.x + width / 2.0, place.x + place.side * f64::from(grid.n_columns) - width / 2.0);
        let x = at[0].min(high).max(low.min(high));
        names.push(Name { x, y: at[1], size, text, covered, on: inside.map(|_| idx) });
    }
    names
}

/// Cells side by side, row by row.
fn runs(cells: &[Cell]) -> Vec<Vec<Cell>> {
    let mut sorted: Vec<Cell> = cells.to_vec();
    sorted.sort_by_key(|cell| (cell[1], cell[0]));
    sorted.chunk_by(|a, b| a[1] == b[1] && a[0] + 1 == b[0]).map(<[Cell]>::to_vec).collect()
}
