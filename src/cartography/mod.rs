//! From figures to colours: classes, palettes, legends, values and map styles.
//!
//! One [`Query`] says what is asked; [`values`], [`legend`], [`style`] and [`picture`](picture()) answer it from one snapshot
//! with the same classes, so map, table, legend and picture cannot disagree. Classes are made over
//! the native figures of all cycles of all vintages, of one theme or of all: a colour keeps its
//! meaning along the time slider.
//!
//! Owns: classing, colours, titles and labels of maps. Leaves to others: counting, tiles, HTTP.
//! Invariant: no I/O, clock or randomness; equal snapshot and query give equal bytes.

mod cell_names;
mod cells;
mod classes;
#[cfg(test)]
mod colour;
mod context;
mod contrast;
mod figures;
pub mod gis;
mod ground_names;
mod legend;
mod palette;
pub mod picture;
mod query;
pub mod raster;
mod style;
mod text;
mod values;

pub use cells::{CellMap, DistrictCells, KhorooCell, cells};
pub use classes::Classes;
pub use context::{Ground, context_style};
pub use figures::per_10000;
pub use legend::{Entry, EntryKind, Legend, legend, legend_within};
pub use palette::{CLASSES_MAX, Colour, NO_DATA, Rgb};
pub use picture::{Frame, picture};
pub use query::{Asked, Error, MapMeasure, Method, Query, Rate};
pub use style::{FONT_REGULAR, FONT_SEMIBOLD, FontFace, FontFaces, style};
pub use text::{Text, counted_name, cycle_name, measure_name, title};
pub use values::{Cell, Total, UnitValues, Values, values};
