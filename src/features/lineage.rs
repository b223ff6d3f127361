//! Which khoroos came from which: rows without ground.

use std::borrow::Cow;

use super::field::{Field, FieldKind, Value};
use super::{Rows, Shape, Table};
use crate::model::Lineage;
use crate::snapshot::Snapshot;

pub fn open(snapshot: &Snapshot) -> Table<'_> {
    use FieldKind::{Boolean, Number, Text};
    let fields = vec![
        Field::new("from", Text, "Аль хорооноос", "From which khoroo"),
        Field::new("to", Text, "Аль хороо болсон", "To which khoroo"),
        Field::new("kind", Text, "Өөрчлөлт", "Change"),
        Field::new("area_share", Number, "Талбайн хувь, 0–1", "Part of the area, 0 to 1"),
        Field::new("population_share", Number, "Хүн амын хувь, 0–1", "Part of the residents, 0 to 1"),
        Field::new("stated", Boolean, "Хүн мэдүүлсэн", "Stated by a person"),
        Field::new("illustrative", Boolean, "Зохиомол", "Invented"),
    ];
    Table { fields, rows: Box::new(Successions(&snapshot.lineage)) }
}

struct Successions<'a>(&'a [Lineage]);

impl Rows for Successions<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    /// `2020:bzd-5-2022:bzd-29`
    fn id(&self, row: usize) -> Cow<'_, str> {
        let Lineage { from, to, .. } = &self.0[row];
        format!("{from}-{to}").into()
    }

    fn shape(&self, _: usize) -> Shape<'_> {
        Shape::None
    }

    fn values<'a>(&'a self, row: usize, into: &mut Vec<Value<'a>>) {
        let one = &self.0[row];
        into.extend([
            Value::from(one.from.to_string()),
            one.to.to_string().into(),
            one.kind.word().into(),
            one.area_share.into(),
            one.population_share.into(),
            one.stated.into(),
            one.illustrative.into(),
        ]);
    }
}
