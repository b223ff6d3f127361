//! What records refer to: khoroos, and the rows of the store and of the sheets by their keys.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::import::kinds::{Parsed, Value};
use crate::import::values::key;
use crate::import::values::khoroo::Khoroos;
use crate::model::{Key, KhorooId, Loaded, Row, Vintage, VintageId};

/// How many keys a message lists.
const LISTED: usize = 20;

#[derive(Debug)]
pub struct World {
    pub khoroos: Khoroos,
    /// Rows of the store.
    pub existing: BTreeMap<Key, Row>,
    names: BTreeMap<&'static str, Names>,
    /// Keys of the store's rows that hang on another one, by that one's key.
    children: BTreeMap<Key, Vec<Key>>,
    /// Vintages that the store has lines of.
    drawn: BTreeSet<VintageId>,
    /// Hosts of practices.
    hosts: BTreeMap<String, KhorooId>,
    /// The day of the import; what has happened is not after it.
    pub today: Option<Date>,
    /// First day on which a practice was entered anywhere.
    first_days: BTreeMap<String, Date>,
}

/// Keys of one kind, and what people may write instead.
#[derive(Debug, Default)]
struct Names {
    ids: BTreeSet<String>,
    /// `None` where two records share the name.
    by_key: BTreeMap<String, Option<String>>,
    /// Of lists: `Хог хаягдал (waste)`.
    shown: Vec<String>,
}

/// What a text that means nothing could have meant.
///
/// Design: said only when somebody reads it; a sheet full of wrong references would else list the store
/// once for each.
#[derive(Debug)]
pub struct Known<'a> {
    kind: &'a str,
    names: Option<&'a Names>,
}

impl Names {
    fn add(&mut self, id: &str) {
        self.ids.insert(id.to_owned());
    }

    fn add_named(&mut self, code: &str, name_mn: &str, name_en: &str) {
        if self.ids.insert(code.to_owned()) {
            self.shown.push(format!("{name_mn} ({code})"));
        }
        for name in [code, name_mn, name_en].map(key) {
            let known = self.by_key.entry(name).or_insert_with(|| Some(code.to_owned()));
            if known.as_deref() != Some(code) {
                *known = None;
            }
        }
        self.by_key.remove("");
    }
}

impl World {
    /// - `loaded`: the store as it will be without what is to be removed.
    pub fn new(loaded: &Loaded, khoroos: Khoroos, sheets: &[Parsed]) -> Self {
        let mut world = Self {
            khoroos,
            existing: BTreeMap::new(),
            names: BTreeMap::new(),
            children: BTreeMap::new(),
            drawn: loaded
                .datasets
                .iter()
                .filter(|(_, d)| d.khoroos.iter().any(|k| k.shape.is_some()))
                .map(|(id, _)| id.clone())
                .collect(),
            hosts: BTreeMap::new(),
            today: None,
            first_days: BTreeMap::new(),
        };
        let places = loaded.vintages.iter().cloned().map(Row::Vintage);
        let khoroos =
            loaded.datasets.values().flat_map(|dataset| dataset.khoroos.iter().cloned().map(Row::Khoroo));
        for row in places.chain(khoroos).chain(loaded.records.clone().into_rows()) {
            world.learn(&row);
            if let Some(parent) = parent(&row) {
                world.children.entry(parent).or_default().push(row.key());
            }
            world.existing.insert(row.key(), row);
        }
        for sheet in sheets {
            world.learn_sheet(sheet);
        }
        world
    }

    /// Keys that a sheet gives, also those of rows with faults: one fault is enough for each.
    fn learn_sheet(&mut self, sheet: &Parsed) {
        let column = |field: &str| sheet.kind.position(field);
        let text =
            |values: &[Option<Value>], field: &str| match column(field).and_then(|at| values[at].as_ref()) {
                Some(Value::Text(text)) => Some(text.to_string()),
                _ => None,
            };
        for record in &sheet.records {
            let values = &record.values;
            let names = self.names.entry(sheet.kind.name).or_default();
            if let Some(code) = text(values, "code") {
                let name = |field| text(values, field).unwrap_or_default();
                names.add_named(&code, &name("name_mn"), &name("name_en"));
            } else if let Some(id) = text(values, "id") {
                names.add(&id);
            }
            let day = column("entered_on").and_then(|at| values[at].as_ref());
            if let (Some(practice), Some(Value::Date(day))) = (text(values, "practice"), day) {
                self.learn_day(&practice, *day);
            }
        }
    }

    fn learn_day(&mut self, practice: &str, day: Date) {
        let first = self.first_days.entry(practice.to_owned()).or_insert(day);
        *first = day.min(*first);
    }

    /// Takes note of a row that others may refer to.
    pub fn learn(&mut self, row: &Row) {
        let mut named = |kind, code: &str, mn: &str, en: &str| {
            self.names.entry(kind).or_default().add_named(code, mn, en);
        };
        match row {
            Row::Theme(r) => named("themes", &r.code, &r.name_mn, &r.name_en),
            Row::ReplicationStatus(r) => named("replication_statuses", &r.code, &r.name_mn, &r.name_en),
            Row::Setting(r) => named("settings", &r.code, &r.name_mn, &r.name_en),
            Row::FundingSource(r) => named("funding_sources", &r.code, &r.name_mn, &r.name_en),
            Row::Rating(r) => named("ratings", &r.code, &r.name_mn, &r.name_en),
            Row::Cycle(r) => named("cycles", &r.id, &r.title_mn, &r.title_en),
            Row::Trainer(r) => self.names.entry("trainers").or_default().add(&r.id),
            Row::Replication(r) => self.names.entry("replications").or_default().add(&r.id),
            Row::Practice(r) => {
                self.names.entry("practices").or_default().add(&r.id);
                self.hosts.insert(r.id.clone(), r.host.clone());
            }
            Row::Identification(r) => self.learn_day(&r.practice, r.entered_on),
            _ => {}
        }
    }

    /// The key that a text means among the records of a kind, or what is known instead.
    pub fn find<'a>(&'a self, kind: &'a str, text: &str) -> Result<String, Known<'a>> {
        let names = self.names.get(kind).ok_or(Known { kind, names: None })?;
        if names.ids.contains(text) {
            return Ok(text.to_owned());
        }
        if let Some(Some(id)) = names.by_key.get(&key(text)) {
            return Ok(id.clone());
        }
        Err(Known { kind, names: Some(names) })
    }

    pub fn is_drawn(&self, vintage: &VintageId) -> bool {
        self.drawn.contains(vintage)
    }

    /// Rows of the store that hang on the row of this key.
    pub fn children(&self, of: &Key) -> &[Key] {
        self.children.get(of).map_or(&[], Vec::as_slice)
    }

    pub fn host(&self, practice: &str) -> Option<&KhorooId> {
        self.hosts.get(practice)
    }

    /// The day that decides a host's vintage: when the practice was first entered, or else when it began.
    pub fn day_of(&self, practice: &str, started_on: Option<Date>) -> Option<Date> {
        let is_covered =
            |day: &Date| self.khoroos.vintages().iter().any(|vintage: &Vintage| vintage.holds(*day));
        self.first_days.get(practice).copied().or(started_on.filter(is_covered))
    }
}

impl Known<'_> {
    /// The first ones, and how many more there are.
    pub fn listed(&self) -> String {
        let (n_known, first): (usize, Vec<&str>) = match self.names {
            None => (0, Vec::new()),
            Some(names) if names.shown.is_empty() => {
                (names.ids.len(), names.ids.iter().take(LISTED).map(String::as_str).collect())
            }
            Some(names) => (names.shown.len(), names.shown.iter().take(LISTED).map(String::as_str).collect()),
        };
        let listed = first.join(", ");
        match n_known {
            0 => format!("no rows of sheet `{}` are known, neither in the store nor in the files", self.kind),
            n if n <= LISTED => listed,
            n => format!("{listed} and {} more", n - LISTED),
        }
    }
}

/// The row that a row of a list in a cell hangs on.
fn parent(row: &Row) -> Option<Key> {
    Some(match row {
        Row::WorkshopPractice(r) => Key::Workshop(r.workshop.clone()),
        Row::VisitVisitor(r) => Key::Visit(r.visit.clone()),
        Row::VisitPractice(r) => Key::Visit(r.visit.clone()),
        Row::ReviewReviewer(r) => Key::Review(r.review.clone()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_a_list_is_found_by_code_and_by_name() {
        let mut names = Names::default();
        names.add_named("waste", "Хог хаягдал", "Waste");
        names.add_named("green", "Ногоон байгууламж", "Greening");
        let khoroos = Khoroos::new(&[], &[], []);
        let mut world = World::new(&Loaded::default(), khoroos, &[]);
        world.names.insert("themes", names);
        for text in ["waste", "Waste", "хог хаягдал", "ХОГ ХАЯГДАЛ"] {
            assert_eq!(world.find("themes", text).ok().as_deref(), Some("waste"), "{text}");
        }
        let allowed = world.find("themes", "agriculture").expect_err("unknown");
        assert_eq!(allowed.listed(), "Хог хаягдал (waste), Ногоон байгууламж (green)");
        assert!(world.find("practices", "p-1").is_err());
    }
}
