//! Where the rows of a table are, in one reference system.

use geo::Coord;
use rstar::{AABB, RTree, RTreeObject};

use super::area::Area;
use super::plane::{Rect, projected};
use crate::features::{Shape, Table};
use crate::geometry::projection::Crs;

/// The box of every row, a tree of them, and the rows without a place.
pub struct Index {
    rects: Vec<Option<Rect>>,
    placeless: Vec<u32>,
    tree: RTree<Indexed>,
}

struct Indexed {
    rect: Rect,
    row: u32,
}

impl RTreeObject for Indexed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(&self.rect)
    }
}

fn envelope(rect: &Rect) -> AABB<[f64; 2]> {
    AABB::from_corners([rect.west, rect.south], [rect.east, rect.north])
}

impl Index {
    pub fn of(table: &Table, crs: Crs) -> Self {
        let rects: Vec<Option<Rect>> = (0..table.len()).map(|row| around(table.shape(row), crs)).collect();
        let indexed = rects.iter().zip(0..).filter_map(|(rect, row)| Some(Indexed { rect: (*rect)?, row }));
        let tree = RTree::bulk_load(indexed.collect());
        let placeless = rects.iter().zip(0..).filter_map(|(rect, row)| rect.is_none().then_some(row));
        let placeless = placeless.collect();
        Self { rects, placeless, tree }
    }

    /// The box of a row; `None` without a place.
    pub fn rect(&self, row: usize) -> Option<&Rect> {
        self.rects[row].as_ref()
    }

    /// The rows whose box meets another, in the order of the table.
    pub fn rows_near(&self, rect: &Rect) -> Vec<u32> {
        let near = self.tree.locate_in_envelope_intersecting(envelope(rect));
        let mut rows: Vec<u32> = near.map(|one| one.row).collect();
        rows.sort_unstable();
        rows
    }

    /// The rows that have ground in the area or no place at all, in the order of the table; none beyond the world.
    pub fn rows_in(&self, table: &Table, area: &Area) -> Vec<u32> {
        let mut rows = Vec::new();
        for rect in area.rects() {
            rows.extend(&self.placeless);
            let near = self.tree.locate_in_envelope_intersecting(envelope(rect));
            let is_in = |one: &&Indexed| {
                rect.holds(&one.rect) || rect.meets_shape(table.shape(one.row as usize), area.crs())
            };
            rows.extend(near.filter(is_in).map(|one| one.row));
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

fn around(shape: Shape<'_>, crs: Crs) -> Option<Rect> {
    let at = |point| -> Coord<f64> { projected(point, crs) };
    match shape {
        Shape::None => None,
        Shape::Point(point) => Rect::around([at(point)]),
        Shape::Line(ends) => Rect::around(ends.map(at)),
        Shape::MultiPolygon(ground) => Rect::around(ground.vertices().map(at)),
    }
}
