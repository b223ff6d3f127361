//! Good practices that everybody may see, each at its own spot, or at a point inside the khoroo that has it.
//! Those with a place come first: programs tell the kind of a layer by its first features.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use super::field::{Field, FieldKind, Value};
use super::{Days, Opened, Rows, Shape};
use crate::model::{Maturity, Practice, Replicability};
use crate::snapshot::{Place, Snapshot, copies, counting_statuses, entries};

pub fn open(snapshot: &Snapshot) -> Opened {
    use FieldKind::{Boolean, Date, Integer, Text};
    let fields = vec![
        Field::new("id", Text, "Дугаар", "Id"),
        Field::new("title_mn", Text, "Нэр, монголоор", "Title in Mongolian"),
        Field::new("title_en", Text, "Нэр, англиар", "Title in English"),
        Field::new("summary_mn", Text, "Товч, монголоор", "Summary in Mongolian"),
        Field::new("summary_en", Text, "Товч, англиар", "Summary in English"),
        Field::coded("theme", "Сэдвийн код", "Code of the theme"),
        Field::new("host", Text, "Эзэн хороо", "Khoroo that has it"),
        Field::coded("district", "Дүүргийн код", "Code of the district"),
        Field::coded("status", "Төлөв", "Status"),
        Field::new("cycles", Text, "Оруулсан мөчлөгүүд", "Cycles in which it was entered"),
        Field::new("n_replications", Integer, "Нутагшуулалтын тоо", "Replications made elsewhere"),
        Field::new("started_on", Date, "Эхэлсэн өдөр", "Started on"),
        Field::new("since", Date, "Эхэлсэн буюу анх оруулсан өдөр", "Started or first entered on"),
        Field::coded("setting", "Орчны код", "Code of the setting"),
        Field::new("cost_setup", Integer, "Эхлүүлэх зардал, ₮", "Cost to set up, ₮"),
        Field::new("cost_year", Integer, "Жилийн зардал, ₮", "Cost of a year, ₮"),
        Field::new("people_served", Integer, "Хамрагдсан хүн", "People served"),
        Field::coded("replicability", "Нутагшуулахад", "How hard to replicate"),
        Field::coded("maturity", "Хэр батлагдсан", "How far proved"),
        Field::new("last_confirmed_on", Date, "Сүүлд баталгаажуулсан өдөр", "Last confirmed on"),
        Field::coded("placed_by", "Байрлал юугаар тогтоосон", "Placed by point, khoroo or district"),
        Field::new("illustrative", Boolean, "Зохиомол", "Invented"),
    ];
    (fields, Box::new(Practices::of(snapshot)))
}

struct Practices(Vec<Row>);

struct Row {
    /// Place in the snapshot's practices.
    practice: usize,
    place: Option<Place>,
    /// With commas between.
    cycles: String,
    /// When it started, or as far as known the first day of the first cycle in which it was entered.
    since: Option<Date>,
    n_replications: i64,
}

impl Practices {
    fn of(snapshot: &Snapshot) -> Self {
        let records = &snapshot.records;
        let mut places: HashMap<usize, Place> = HashMap::new();
        // The newest ground that has it.
        for view in &snapshot.vintages {
            places.extend(view.marks.practices.iter().map(|mark| (mark.practice, mark.place)));
        }
        let mut cycles: HashMap<&str, Vec<&str>> = HashMap::new();
        for entry in entries(records, &snapshot.verdict) {
            cycles.entry(&entry.practice).or_default().push(&entry.cycle);
        }
        let starts: HashMap<&str, Date> =
            records.cycles.iter().map(|cycle| (cycle.id.as_str(), cycle.starts_on)).collect();
        let counting = counting_statuses(records);
        let mut n_made: HashMap<&str, i64> = HashMap::new();
        for copy in copies(records, &snapshot.verdict).filter(|copy| counting.contains(copy.status.as_str()))
        {
            *n_made.entry(&copy.practice).or_default() += 1;
        }
        let public = records.practices.iter().enumerate();
        let public = public.filter(|(_, practice)| snapshot.standings.is_identified(practice));
        let row = |(idx, practice): (usize, &Practice)| {
            let mut cycles = cycles.get(practice.id.as_str()).cloned().unwrap_or_default();
            cycles.sort_unstable();
            let entered_from = cycles.iter().filter_map(|cycle| starts.get(cycle)).min().copied();
            Row {
                practice: idx,
                place: places.get(&idx).copied(),
                cycles: cycles.join(","),
                since: practice.details.started_on.or(entered_from),
                n_replications: n_made.get(practice.id.as_str()).copied().unwrap_or_default(),
            }
        };
        let mut rows: Vec<Row> = public.map(row).collect();
        rows.sort_by_key(|row| row.place.is_none());
        Self(rows)
    }
}

impl Rows for Practices {
    fn len(&self, _: &Snapshot) -> usize {
        self.0.len()
    }

    fn id<'a>(&'a self, snapshot: &'a Snapshot, row: usize) -> Cow<'a, str> {
        snapshot.records.practices[self.0[row].practice].id.as_str().into()
    }

    fn shape<'a>(&'a self, _: &'a Snapshot, row: usize) -> Shape<'a> {
        self.0[row].place.map_or(Shape::None, |place| Shape::Point(place.at))
    }

    /// A practice has no end.
    fn days(&self, _: &Snapshot, row: usize) -> Option<Days> {
        Some(Days { from: Some(self.0[row].since?), to: None })
    }

    fn values<'a>(&'a self, snapshot: &'a Snapshot, row: usize, into: &mut Vec<Value<'a>>) {
        let Row { practice, place, cycles, since, n_replications } = &self.0[row];
        let practice = &snapshot.records.practices[*practice];
        let details = &practice.details;
        into.extend([
            Value::from(practice.id.as_str()),
            practice.title_mn.as_str().into(),
            practice.title_en.as_deref().into(),
            practice.summary_mn.as_deref().into(),
            practice.summary_en.as_deref().into(),
            practice.theme.as_str().into(),
            practice.host.to_string().into(),
            practice.host.code.district.as_str().into(),
            practice.status.word().into(),
            cycles.as_str().into(),
            (*n_replications).into(),
            details.started_on.into(),
            (*since).into(),
            details.setting.as_deref().into(),
            details.cost_setup.into(),
            details.cost_year.into(),
            details.people_served.into(),
            details.replicability.map(Replicability::word).into(),
            details.maturity.map(Maturity::word).into(),
            details.last_confirmed_on.into(),
            place.map(|place| place.by.word()).into(),
            practice.illustrative.into(),
        ]);
    }
}
