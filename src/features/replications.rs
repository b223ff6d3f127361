//! Copies of practices that everybody may see: lines from the practice to the khoroo that copied it, in the
//! boundaries of the cycle. A copy that does not count as made, or has no place, has no line, and comes after those
//! with one: programs tell the kind of a layer by its first features.

use std::borrow::Cow;
use std::collections::HashMap;

use super::field::{Field, FieldKind, Value};
use super::{Days, Opened, Rows, Shape};
use crate::model::{GridPoint, LearningRoute, Replication};
use crate::snapshot::{Snapshot, budgets, copies_by_index};

pub fn open(snapshot: &Snapshot) -> Opened {
    use FieldKind::{Boolean, Date, Integer, Text};
    let fields = vec![
        Field::new("id", Text, "Дугаар", "Id"),
        Field::new("practice", Text, "Туршлагын дугаар", "Id of the practice"),
        Field::new("title_mn", Text, "Туршлагын нэр, монголоор", "Title of the practice in Mongolian"),
        Field::new("title_en", Text, "Туршлагын нэр, англиар", "Title of the practice in English"),
        Field::coded("theme", "Сэдвийн код", "Code of the theme"),
        Field::new("host", Text, "Эзэн хороо", "Khoroo that has the practice"),
        Field::new("khoroo", Text, "Нутагшуулсан хороо", "Khoroo that replicated it"),
        Field::coded("district", "Нутагшуулсан дүүргийн код", "Code of the district that replicated it"),
        Field::coded("cycle", "Мөчлөг", "Cycle"),
        Field::coded("status", "Төлөв", "Status"),
        Field::new("decided_on", Date, "Шийдсэн өдөр", "Decided on"),
        Field::new("completed_on", Date, "Дууссан өдөр", "Completed on"),
        Field::coded("learning_route", "Хэрхэн суралцсан", "How it was learned"),
        Field::new("people_served", Integer, "Хамрагдсан хүн", "People served"),
        Field::new("budget_total", Integer, "Төсөв, ₮", "Budget, ₮"),
        Field::new("illustrative", Boolean, "Зохиомол", "Invented"),
    ];
    (fields, Box::new(Copies::of(snapshot)))
}

struct Copies(Vec<Row>);

struct Row {
    /// Places in the snapshot's replications and practices.
    copy: usize,
    practice: usize,
    line: Option<[GridPoint; 2]>,
    /// ₮ over its budget lines; `None` where it has none.
    budget: Option<i64>,
}

impl Copies {
    fn of(snapshot: &Snapshot) -> Self {
        let records = &snapshot.records;
        let marks = snapshot.vintages.iter().flat_map(|view| &view.marks.copies);
        let lines: HashMap<usize, [GridPoint; 2]> =
            marks.map(|mark| (mark.replication, [mark.from.at, mark.to.at])).collect();
        let budgets = budgets(records, &snapshot.verdict);
        let practices: HashMap<&str, usize> =
            records.practices.iter().enumerate().map(|(idx, practice)| (practice.id.as_str(), idx)).collect();
        let row = |(idx, copy): (usize, &Replication)| {
            let practice = snapshot.public_practice(&copy.practice)?;
            Some(Row {
                copy: idx,
                practice: *practices.get(practice.id.as_str())?,
                line: lines.get(&idx).copied(),
                budget: budgets.get(copy.id.as_str()).copied(),
            })
        };
        let mut rows: Vec<Row> = copies_by_index(records, &snapshot.verdict).filter_map(row).collect();
        rows.sort_by_key(|row| row.line.is_none());
        Self(rows)
    }
}

impl Rows for Copies {
    fn len(&self, _: &Snapshot) -> usize {
        self.0.len()
    }

    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        snapshot.records.replications[self.0[row].copy].id.as_str().into()
    }

    fn shape<'a>(&'a self, _: &'a Snapshot, row: usize) -> Shape<'a> {
        self.0[row].line.map_or(Shape::None, Shape::Line)
    }

    /// From its decision until it was done; without an end where that is not known.
    fn days(&self, snapshot: &Snapshot, row: usize) -> Option<Days> {
        let copy = &snapshot.records.replications[self.0[row].copy];
        Some(Days { from: Some(copy.decided_on), to: copy.completed_on })
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let Row { copy, practice, budget, .. } = &self.0[row];
        let (copy, practice) =
            (&snapshot.records.replications[*copy], &snapshot.records.practices[*practice]);
        into.extend([
            Value::from(copy.id.as_str()),
            copy.practice.as_str().into(),
            practice.title_mn.as_str().into(),
            practice.title_en.as_deref().into(),
            practice.theme.as_str().into(),
            practice.host.to_string().into(),
            copy.khoroo.to_string().into(),
            copy.khoroo.code.district.as_str().into(),
            copy.cycle.as_str().into(),
            copy.status.as_str().into(),
            copy.decided_on.into(),
            copy.completed_on.into(),
            copy.learning_route.map(LearningRoute::word).into(),
            copy.people_served.into(),
            (*budget).into(),
            (copy.illustrative || practice.illustrative).into(),
        ]);
    }
}
