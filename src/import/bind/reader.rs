//! One record of a sheet, field by field.

use std::cell::RefCell;

use jiff::civil::Date;

use super::world::World;
use crate::import::fault::{Faults, Problem};
use crate::import::kinds::{Holds, Parsed, Record, Value};
use crate::import::read::Cell;
use crate::model::{DistrictCode, GridPoint, Key, KhorooId, Occasion, VintageId};

/// Reads the fields of a whole record; faults that it meets spoil the record.
pub struct Reader<'a> {
    sheet: &'a Parsed,
    record: &'a Record,
    pub world: &'a World,
    faults: &'a mut Faults,
    is_broken: bool,
    /// Fields that had a value and have an empty cell now.
    cleared: RefCell<Vec<&'static str>>,
    notes: RefCell<Vec<String>>,
}

/// A type that a value can be.
pub trait FromValue: Sized {
    fn from_value(value: &Value) -> Option<Self>;
}

impl<'a> Reader<'a> {
    pub fn new(sheet: &'a Parsed, record: &'a Record, world: &'a World, faults: &'a mut Faults) -> Self {
        Self {
            sheet,
            record,
            world,
            faults,
            is_broken: false,
            cleared: RefCell::default(),
            notes: RefCell::default(),
        }
    }

    pub const fn is_broken(&self) -> bool {
        self.is_broken
    }

    fn position(&self, field: &str) -> usize {
        self.sheet.kind.position(field).expect("makers ask for columns of their kind")
    }

    pub fn has(&self, field: &str) -> bool {
        self.sheet.sources.has(self.position(field))
    }

    fn get<T: FromValue>(&self, field: &str) -> Option<T> {
        let value = self.record.values[self.position(field)].as_ref()?;
        Some(T::from_value(value).expect("a column holds what its maker asks for"))
    }

    /// A field that every whole record has.
    pub fn must<T: FromValue>(&self, field: &str) -> T {
        self.get(field).expect("records without a required field are broken")
    }

    /// A field that may be empty; `before` where the sheet does not have the column.
    pub fn may<T: FromValue>(&self, field: &str, before: Option<T>) -> Option<T> {
        if !self.has(field) {
            return before;
        }
        let value = self.get(field);
        self.note_cleared(field, value.is_none() && before.is_some());
        value
    }

    fn note_cleared(&self, field: &str, is_cleared: bool) {
        if is_cleared {
            self.cleared.borrow_mut().push(self.sheet.kind.columns[self.position(field)].field);
        }
    }

    /// Something that is no fault, but that its author should know.
    pub fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    /// Ends the record: fields that lost their value, and notes with their place.
    pub fn finish(self) -> (Vec<&'static str>, Vec<String>) {
        let place = self.sheet.sources.place.row(self.record.row_no);
        let notes = self.notes.into_inner().into_iter().map(|note| format!("{place}: {note}"));
        (self.cleared.into_inner(), notes.collect())
    }

    pub fn fault(&mut self, field: &str, problem: Problem) {
        self.faults.push(self.sheet.cell(self.record, self.position(field)).fault(problem));
        self.is_broken = true;
    }

    /// A fault of one of several in a cell.
    fn fault_of(&mut self, field: &str, part: &str, problem: Problem) {
        let place = self.sheet.cell(self.record, self.position(field)).value(part);
        self.faults.push(place.fault(problem));
        self.is_broken = true;
    }

    /// True for a row that says of itself that it is invented.
    pub fn is_invented(&self) -> bool {
        self.get("illustrative").unwrap_or(false)
    }

    /// The key that a field refers to.
    pub fn refer(&mut self, field: &str) -> Option<String> {
        let text: String = self.get(field)?;
        self.find(field, &text)
    }

    /// As [`Self::refer`] for a field that may be empty.
    pub fn refer_may(&mut self, field: &str, before: Option<String>) -> Option<String> {
        if !self.has(field) {
            return before;
        }
        self.note_cleared(field, before.is_some() && self.get::<String>(field).is_none());
        self.refer(field)
    }

    /// All keys that a field refers to, once each; `None` where the sheet does not have the column.
    pub fn refer_all(&mut self, field: &str) -> Option<Vec<String>> {
        if !self.has(field) {
            return None;
        }
        let parts: Vec<String> = self.get(field).unwrap_or_default();
        let mut found: Vec<String> = parts.iter().filter_map(|part| self.find(field, part)).collect();
        found.sort();
        found.dedup();
        Some(found)
    }

    fn find(&mut self, field: &str, text: &str) -> Option<String> {
        let (Holds::Ref(kind) | Holds::Refs(kind)) = self.sheet.kind.columns[self.position(field)].holds
        else {
            unreachable!("makers follow references of columns that hold some")
        };
        match self.world.find(kind, text) {
            Ok(key) => Some(key),
            Err(known) => {
                let allowed = if self.faults.are_listed() { known.listed() } else { String::new() };
                self.fault_of(field, text, Problem::Unknown { allowed });
                None
            }
        }
    }

    /// The khoroo of a field, in the vintage of a day.
    pub fn khoroo_on(&mut self, field: &str, day: Date) -> Option<KhorooId> {
        let text: String = self.get(field)?;
        let found = self.world.khoroos.on(&Cell::Text(text.into()), day);
        self.settle(field, found)
    }

    /// The khoroo of a field in a vintage, or in the one that the cell names.
    pub fn khoroo_within(&mut self, field: &str, vintage: Option<&VintageId>) -> Option<KhorooId> {
        let text: String = self.get(field)?;
        let found = match vintage.or_else(|| self.world.khoroos.latest_vintage()) {
            Some(vintage) => self.world.khoroos.within(&Cell::Text(text.into()), vintage),
            // Without vintages this says so.
            None => self.world.khoroos.on(&Cell::Text(text.into()), Date::MIN),
        };
        self.settle(field, found)
    }

    /// All khoroos of a field in the vintage of a day, with the number of people in brackets.
    pub fn khoroos_on(&mut self, field: &str, day: Date) -> Option<Vec<(KhorooId, Option<i64>)>> {
        if !self.has(field) {
            return None;
        }
        let parts: Vec<String> = self.get(field).unwrap_or_default();
        let mut found = Vec::new();
        for part in parts {
            let (name, people) = without_people(&part);
            let khoroo = self.world.khoroos.on(&Cell::Text(name.into()), day);
            match khoroo {
                Ok(khoroo) => {
                    if found.iter().any(|(other, _)| *other == khoroo) {
                        let detail = format!("names khoroo {} twice", khoroo.code);
                        self.fault_of(field, &part, Problem::BrokenRule { detail });
                    }
                    found.push((khoroo, people));
                }
                Err(problem) => self.fault_of(field, &part, problem),
            }
        }
        Some(found)
    }

    pub fn settle<T>(&mut self, field: &str, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.fault(field, problem)).ok()
    }

    /// The vintage that a field names.
    pub fn vintage(&mut self, field: &str) -> Option<VintageId> {
        let text: String = self.get(field)?;
        let known = text.to_lowercase().parse().ok().filter(|id| self.world.khoroos.has_vintage(id));
        if known.is_none() {
            let ids: Vec<String> = self.world.khoroos.vintages().iter().map(|v| v.id.to_string()).collect();
            self.fault(field, Problem::Unknown { allowed: ids.join(", ") });
        }
        known
    }

    pub fn district(&mut self, field: &str) -> Option<DistrictCode> {
        let text: String = self.get(field)?;
        let names = self.world.khoroos.districts();
        let found = names.find(&text).or_else(|| names.find(&text.to_lowercase())).cloned();
        if found.is_none() {
            let allowed = names.listed();
            self.fault(field, Problem::Unknown { allowed });
        }
        found
    }

    /// The point of columns `lon` and `lat`; one without the other is a fault.
    pub fn point(&mut self, before: Option<GridPoint>) -> Option<GridPoint> {
        if !self.has("lon") && !self.has("lat") {
            return before;
        }
        match (self.get::<f64>("lon"), self.get::<f64>("lat")) {
            (Some(lon), Some(lat)) => GridPoint::from_degrees(lon, lat),
            (None, None) => {
                self.note_cleared("lon", before.is_some());
                None
            }
            (None, Some(_)) => {
                self.fault("lon", Problem::Required { allowed: "both degrees of a point, or none".into() });
                None
            }
            (Some(_), None) => {
                self.fault("lat", Problem::Required { allowed: "both degrees of a point, or none".into() });
                None
            }
        }
    }

    /// Women, men, and people of whom only the number is known, of columns for these three and for all.
    ///
    /// Whoever is in the total and not told apart is of the third; a total that does not hold the others is a
    /// fault, and so is one that differs where all three are given.
    pub fn people(
        &mut self,
        [f, m, unknown, total]: [&str; 4],
        before: [Option<i64>; 3],
    ) -> [Option<i64>; 3] {
        let told = [self.may(f, before[0]), self.may(m, before[1])];
        let Some(all) = self.get::<i64>(total) else {
            return [told[0], told[1], self.may(unknown, before[2])];
        };
        let apart: i64 = told.iter().flatten().copied().fold(0, i64::saturating_add);
        let rest = self.get::<i64>(unknown).unwrap_or(all - apart);
        if rest < 0 || apart.saturating_add(rest) != all {
            let [women, men] = told.map(Option::unwrap_or_default);
            let detail = format!("all are {all}, but women {women}, men {men} and unknown {}", rest.max(0));
            self.fault(total, Problem::BrokenRule { detail });
        }
        let is_told_apart = told.iter().all(Option::is_some);
        [told[0], told[1], Some(rest).filter(|rest| *rest > 0 || !is_told_apart)]
    }

    /// Mode, cost and people of an event.
    pub fn occasion(&self, before: Occasion) -> Occasion {
        Occasion {
            mode: self.may("mode", before.mode),
            cost: self.may("cost", before.cost),
            invited: self.may("invited", before.invited),
            attended: self.may("attended", before.attended),
        }
    }

    /// Of the rows that hang on `parent`, those of one kind that are not among `kept`.
    pub fn no_longer(&self, parent: &Key, kept: &[Key], is_kind: fn(&Key) -> bool) -> Vec<Key> {
        let children = self.world.children(parent).iter();
        children.filter(|key| is_kind(key) && !kept.contains(key)).cloned().collect()
    }
}

/// `БЗД-26 (4)` without the number of people, and that number.
fn without_people(text: &str) -> (&str, Option<i64>) {
    let people = text.trim().strip_suffix(')').and_then(|rest| {
        let (name, number) = rest.rsplit_once('(')?;
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        Some((name.trim(), digits.parse().ok()?))
    });
    people.map_or((text, None), |(name, people)| (name, Some(people)))
}

macro_rules! plain {
    ($($type:ty: $pattern:pat => $value:expr;)+) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value { $pattern => Some($value), _ => None }
            }
        })+
    };
}

plain! {
    String: Value::Text(text) => text.to_string();
    Date: Value::Date(day) => *day;
    bool: Value::Bool(value) => *value;
    f64: Value::Real(number) => *number;
    i64: Value::Int(number) => *number;
    Vec<String>: Value::List(parts) => parts.iter().map(ToString::to_string).collect();
}

macro_rules! narrow {
    ($($type:ty),+) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                i64::from_value(value)?.try_into().ok()
            }
        })+
    };
}

narrow!(i32, i16);

macro_rules! of_words {
    ($($type:ty),+ $(,)?) => {
        $(impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value { Value::Word(word) => Self::of_word(word), _ => None }
            }
        })+
    };
}

crate::import::values::choice::word_types!(of_words);

/// The row of the store with a key, as its type.
macro_rules! before {
    ($reader:expr, $Kind:ident($($part:expr),+)) => {
        match $reader.world.existing.get(&crate::model::Key::$Kind($($part.clone()),+)) {
            Some(crate::model::Row::$Kind(row)) => Some(row),
            _ => None,
        }
    };
}
pub(super) use before;
