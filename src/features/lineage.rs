//! Which khoroos came from which: rows without ground.

use std::borrow::Cow;

use super::field::{Field, FieldKind, Value};
use super::{Opened, Rows, Shape};
use crate::model::Lineage;
use crate::snapshot::Snapshot;

pub fn open() -> Opened {
    use FieldKind::{Boolean, Number, Text};
    let fields = vec![
        Field::new("from", Text, "Аль хорооноос", "From which khoroo"),
        Field::new("to", Text, "Аль хороо болсон", "To which khoroo"),
        Field::coded("kind", "Өөрчлөлт", "Change"),
        Field::new("area_share", Number, "Талбайн хувь, 0–1", "Part of the area, 0 to 1"),
        Field::new("population_share", Number, "Хүн амын хувь, 0–1", "Part of the residents, 0 to 1"),
        Field::new("stated", Boolean, "Хүн мэдүүлсэн", "Stated by a person"),
        Field::new("illustrative", Boolean, "Зохиомол", "Invented"),
    ];
    (fields, Box::new(Successions))
}

struct Successions;

impl Rows for Successions {
    fn len(&self, snapshot: &Snapshot) -> usize {
        snapshot.lineage.len()
    }

    /// `2020:bzd-5-2022:bzd-29`
    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        let Lineage { from, to, .. } = &snapshot.lineage[row];
        format!("{from}-{to}").into()
    }

    fn shape<'a>(&'a self, _: &'a Snapshot, _: usize) -> Shape<'a> {
        Shape::None
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let one = &snapshot.lineage[row];
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
