//! How values of each type stand in cells.

use jiff::civil::Date;

use super::Cell;
use super::cells::Cells;
use crate::gpkg::wkb;
use crate::model::{
    ContextKind, Decision, DistrictCode, GridPoint, KhorooCode, KhorooId, LearningRoute, LineageKind,
    Maturity, Mode, MultiPolygon, NeedStatus, OfferStatus, PracticeStatus, Replicability, Stage,
    TrainingForm, VintageId, VisitStatus, VoteDecision, WorkshopScope,
};

/// What stands in one cell, or in several neighbours.
pub(super) trait Field: Sized {
    fn put(&self, cells: &mut Vec<Cell>);

    /// - Errors: in words, what the cells hold instead.
    fn take(cells: &mut Cells) -> Result<Self, String>;
}

/// Null where there is no value; for values of one cell.
impl<T: Field> Field for Option<T> {
    fn put(&self, cells: &mut Vec<Cell>) {
        match self {
            Some(value) => value.put(cells),
            None => cells.push(Cell::Null),
        }
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        if cells.take_null() { Ok(None) } else { T::take(cells).map(Some) }
    }
}

impl Field for String {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(Cell::Text(self.clone()));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        match cells.next() {
            Cell::Text(text) => Ok(text),
            Cell::Null => cells.wrong("null"),
            other => cells.wrong(format_args!("{other:?} is no text")),
        }
    }
}

impl Field for bool {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(Cell::Bool(*self));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        match cells.next() {
            Cell::Bool(flag) => Ok(flag),
            other => cells.wrong(format_args!("{other:?} is neither true nor false")),
        }
    }
}

impl Field for f64 {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(Cell::Real(*self));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        match cells.next() {
            Cell::Real(x) => Ok(x),
            Cell::Null => cells.wrong("null"),
            other => cells.wrong(format_args!("{other:?} is no number")),
        }
    }
}

macro_rules! whole_numbers {
    ($($Number:ty),+) => {$(
        impl Field for $Number {
            fn put(&self, cells: &mut Vec<Cell>) {
                cells.push(Cell::Int((*self).into()));
            }

            fn take(cells: &mut Cells) -> Result<Self, String> {
                match cells.next() {
                    Cell::Int(n) => n.try_into().or_else(|_| cells.wrong(format_args!("{n} is out of range"))),
                    Cell::Null => cells.wrong("null"),
                    other => cells.wrong(format_args!("{other:?} is no whole number")),
                }
            }
        }
    )+};
}
whole_numbers!(i16, i32, i64, u32);

/// Values with a text of their own.
macro_rules! texts {
    ($($Value:ty),+) => {$(
        impl Field for $Value {
            fn put(&self, cells: &mut Vec<Cell>) {
                cells.push(Cell::Text(self.to_string()));
            }

            fn take(cells: &mut Cells) -> Result<Self, String> {
                String::take(cells)?.parse().or_else(|e| cells.wrong(e))
            }
        }
    )+};
}
texts!(Date, DistrictCode, KhorooCode, VintageId);

macro_rules! words {
    ($($Value:ty),+) => {$(
        impl Field for $Value {
            fn put(&self, cells: &mut Vec<Cell>) {
                cells.push(Cell::Text(self.word().to_owned()));
            }

            fn take(cells: &mut Cells) -> Result<Self, String> {
                let word = String::take(cells)?;
                Self::of_word(&word)
                    .map_or_else(|| cells.wrong(format_args!("`{word}` is none of the known words")), Ok)
            }
        }
    )+};
}
words!(
    ContextKind,
    Decision,
    LearningRoute,
    LineageKind,
    Maturity,
    Mode,
    NeedStatus,
    OfferStatus,
    PracticeStatus,
    Replicability,
    Stage,
    TrainingForm,
    VisitStatus,
    VoteDecision,
    WorkshopScope
);

/// Vintage, code.
impl Field for KhorooId {
    fn put(&self, cells: &mut Vec<Cell>) {
        self.vintage.put(cells);
        self.code.put(cells);
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        Ok(Self { vintage: Field::take(cells)?, code: Field::take(cells)? })
    }
}

impl Field for Vec<String> {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(Cell::List(self.clone()));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        match cells.next() {
            Cell::Null => Ok(Vec::new()),
            Cell::List(texts) => Ok(texts),
            other => cells.wrong(format_args!("{other:?} is no list")),
        }
    }
}

/// A line, without which its row is of no use.
impl Field for Vec<GridPoint> {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(Cell::Shape(wkb::encode_line(self)));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        match cells.next() {
            Cell::Shape(bytes) => wkb::decode_line(&bytes).or_else(|e| cells.wrong(e)),
            other => cells.wrong(format_args!("{other:?} is no geometry")),
        }
    }
}

impl Field for Option<MultiPolygon> {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(self.as_ref().map_or(Cell::Null, |area| Cell::Shape(wkb::encode_multi_polygon(area))));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        Ok(cells.shape(wkb::decode_multi_polygon))
    }
}

impl Field for Option<GridPoint> {
    fn put(&self, cells: &mut Vec<Cell>) {
        cells.push(self.map_or(Cell::Null, |point| Cell::Shape(wkb::encode_point(point))));
    }

    fn take(cells: &mut Cells) -> Result<Self, String> {
        Ok(cells.shape(wkb::decode_point))
    }
}
