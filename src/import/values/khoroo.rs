//! Which khoroo a text means, in the vintage of a record's day.
//!
//! A khoroo is written by code (`bzd-26`), with its vintage (`2022:bzd-26`), by district and number in any
//! spelling, or by a name of its own. A number alone names nothing. The day decides the vintage; a khoroo
//! that was not there then is refused, with the vintages that have it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::key;
use crate::import::fault::Problem;
use crate::import::read::Cell;
use crate::model::naming::DistrictNames;
use crate::model::{District, Khoroo, KhorooCode, KhorooId, Vintage, VintageId};

/// Districts, khoroos and vintages of a store, looked up as people write them.
#[derive(Debug, Clone)]
pub struct Khoroos {
    districts: DistrictNames,
    /// By first day.
    vintages: Vec<Vintage>,
    known: BTreeSet<KhorooId>,
    /// Names of their own, folded.
    by_name: BTreeMap<String, BTreeSet<KhorooId>>,
}

/// What a text says, before a day is known.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Version(KhorooId),
    Code(KhorooCode),
    Named(BTreeSet<KhorooId>),
}

impl Khoroos {
    pub fn new<'a>(
        districts: &[District],
        vintages: &[Vintage],
        khoroos: impl IntoIterator<Item = &'a Khoroo>,
    ) -> Self {
        let mut vintages = vintages.to_vec();
        vintages.sort_by_key(|vintage| vintage.valid_from);
        let (mut known, mut by_name) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<KhorooId>>::new());
        for khoroo in khoroos {
            known.insert(khoroo.id.clone());
            for name in [&khoroo.name_mn, &khoroo.name_en].into_iter().flatten() {
                by_name.entry(key(name)).or_default().insert(khoroo.id.clone());
            }
        }
        by_name.remove("");
        Self { districts: DistrictNames::new(districts), vintages, known, by_name }
    }

    /// The khoroo version that a cell means for a record of this day.
    pub fn on(&self, cell: &Cell, day: Date) -> Result<KhorooId, Problem> {
        let said = self.said(cell)?;
        let vintage = self.vintage_on(day)?;
        match said {
            Said::Version(id) if &id.vintage == vintage && self.known.contains(&id) => Ok(id),
            Said::Version(id) => Err(self.not_then(&id.code, day, vintage)),
            Said::Code(code) => {
                let id = code.at(vintage);
                if self.known.contains(&id) { Ok(id) } else { Err(self.not_then(&code, day, vintage)) }
            }
            Said::Named(ids) => {
                let mut then = ids.iter().filter(|id| &id.vintage == vintage);
                match (then.next(), then.next()) {
                    (Some(id), None) => Ok(id.clone()),
                    (Some(_), Some(_)) => Err(ambiguous(ids.iter().filter(|id| &id.vintage == vintage))),
                    (None, _) => {
                        let code = &ids.first().expect("a name is kept with its khoroos").code;
                        Err(self.not_then(code, day, vintage))
                    }
                }
            }
        }
    }

    /// The khoroo version that a cell means in a vintage, unless it names another one itself.
    pub fn within(&self, cell: &Cell, vintage: &VintageId) -> Result<KhorooId, Problem> {
        let id = match self.said(cell)? {
            Said::Version(id) => id,
            Said::Code(code) => code.at(vintage),
            Said::Named(ids) => {
                let mut there = ids.iter().filter(|id| &id.vintage == vintage);
                match (there.next(), there.next()) {
                    (Some(id), None) => id.clone(),
                    _ => return Err(ambiguous(ids.iter())),
                }
            }
        };
        if self.known.contains(&id) {
            return Ok(id);
        }
        let (code, vintage) = (id.code.to_string(), id.vintage.to_string());
        let elsewhere = self.having(&id.code);
        Err(Problem::KhorooNotThere { code, vintage, elsewhere })
    }

    /// The code that a cell means, whatever the vintage.
    pub fn code(&self, cell: &Cell) -> Result<KhorooCode, Problem> {
        match self.said(cell)? {
            Said::Version(id) => Ok(id.code),
            Said::Code(code) => Ok(code),
            Said::Named(ids) => {
                let codes: BTreeSet<&KhorooCode> = ids.iter().map(|id| &id.code).collect();
                match codes.len() {
                    1 => Ok(codes.first().copied().expect("there is one").clone()),
                    _ => Err(ambiguous(ids.iter())),
                }
            }
        }
    }

    /// The vintage of a day.
    pub fn vintage_on(&self, day: Date) -> Result<&VintageId, Problem> {
        let holding = self.vintages.iter().find(|vintage| vintage.holds(day));
        holding
            .map(|vintage| &vintage.id)
            .ok_or_else(|| Problem::NoVintage { day: day.to_string(), known: self.listed_vintages() })
    }

    /// The vintage valid last.
    pub fn latest_vintage(&self) -> Option<&VintageId> {
        self.vintages.last().map(|vintage| &vintage.id)
    }

    /// True for a vintage that is known.
    pub fn has_vintage(&self, id: &VintageId) -> bool {
        self.vintages.iter().any(|vintage| &vintage.id == id)
    }

    pub fn vintages(&self) -> &[Vintage] {
        &self.vintages
    }

    pub fn districts(&self) -> &DistrictNames {
        &self.districts
    }

    fn said(&self, cell: &Cell) -> Result<Said, Problem> {
        let Cell::Text(text) = cell else { return Err(Problem::NoKhoroo) };
        let text = text.trim();
        if let Ok(id) = text.to_lowercase().parse() {
            return Ok(Said::Version(id));
        }
        if let Some(code) = self.districts.khoroo(text) {
            return Ok(Said::Code(code));
        }
        let named = self.by_name.get(&key(text));
        named.map(|ids| Said::Named(ids.clone())).ok_or(Problem::NoKhoroo)
    }

    fn not_then(&self, code: &KhorooCode, day: Date, vintage: &VintageId) -> Problem {
        let elsewhere = self.having(code);
        let (code, day, vintage) = (code.to_string(), day.to_string(), vintage.to_string());
        Problem::KhorooNotThen { code, day, vintage, elsewhere }
    }

    fn having(&self, code: &KhorooCode) -> String {
        let having: Vec<String> = self
            .vintages
            .iter()
            .filter(|vintage| self.known.contains(&code.at(&vintage.id)))
            .map(period)
            .collect();
        if having.is_empty() {
            "no vintage has it".to_owned()
        } else {
            format!("vintages that have it: {}", having.join(", "))
        }
    }

    fn listed_vintages(&self) -> String {
        if self.vintages.is_empty() {
            return "the store has no vintages; bring them in with `hlp ingest`, or with sheets of vintages and \
                    khoroos"
                .to_owned();
        }
        let listed: Vec<String> = self.vintages.iter().map(period).collect();
        format!("known are: {}", listed.join(", "))
    }
}

/// `2020 (2020-01-01 to 2021-12-31)`.
fn period(vintage: &Vintage) -> String {
    match vintage.valid_to {
        Some(end) => format!("{} ({} to {end})", vintage.id, vintage.valid_from),
        None => format!("{} (from {})", vintage.id, vintage.valid_from),
    }
}

fn ambiguous<'a>(ids: impl Iterator<Item = &'a KhorooId>) -> Problem {
    let candidates: Vec<String> = ids.map(ToString::to_string).collect();
    Problem::AmbiguousKhoroo { candidates: candidates.join(", ") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::naming::CITY_DISTRICTS;

    fn vintage(id: &str, from: Date, to: Option<Date>) -> Vintage {
        Vintage {
            id: id.parse().expect("a vintage"),
            valid_from: from,
            valid_to: to,
            title_mn: String::new(),
            title_en: String::new(),
            source: String::new(),
            illustrative: false,
        }
    }

    fn khoroo(id: &str, name_mn: Option<&str>) -> Khoroo {
        Khoroo {
            id: id.parse().expect("a khoroo version"),
            name_mn: name_mn.map(str::to_owned),
            name_en: None,
            nso_code: None,
            land_code: None,
            ebarilga_code: None,
            population: None,
            population_year: None,
            households: None,
            shape: None,
            illustrative: false,
        }
    }

    fn khoroos() -> Khoroos {
        let districts: Vec<District> = (1..).zip(CITY_DISTRICTS).map(|(n, d)| d.row(n, false)).collect();
        let vintages = [
            vintage("2022", date(2022, 1, 1), None),
            vintage("2020", date(2020, 1, 1), Some(date(2021, 12, 31))),
        ];
        let rows = [
            khoroo("2020:bzd-26", None),
            khoroo("2022:bzd-26", None),
            khoroo("2022:bzd-43", None),
            khoroo("2020:khud-3", Some("Яармаг")),
            khoroo("2022:khud-3", Some("Яармаг")),
            khoroo("2022:sbd-1", Some("Зүүн")),
            khoroo("2022:chd-1", Some("Зүүн")),
        ];
        Khoroos::new(&districts, &vintages, &rows)
    }

    const IN_2022: Date = date(2022, 5, 14);
    const IN_2020: Date = date(2020, 5, 14);

    #[test]
    fn a_khoroo_is_found_however_it_is_written() {
        let khoroos = khoroos();
        for text in [
            "bzd-26",
            "BZD-26",
            "2022:bzd-26",
            "Баянзүрх 26",
            "БЗД-26",
            "БЗД 26-р хороо",
            "Баянзүрх дүүргийн 26 дугаар хороо",
            "Баянзүрх дүүрэг, 26-р хороо",
            "Bayanzurkh 26",
            "Khoroo 26, Bayanzürkh",
        ] {
            let found = khoroos.on(&Cell::Text(text.into()), IN_2022);
            assert_eq!(found.map(|id| id.to_string()).as_deref(), Ok("2022:bzd-26"), "{text}");
        }
        let named = khoroos.on(&Cell::Text("яармаг".into()), IN_2020);
        assert_eq!(named.map(|id| id.to_string()).as_deref(), Ok("2020:khud-3"));
    }

    #[test]
    fn the_day_decides_the_vintage() {
        let khoroos = khoroos();
        let check = |day, id: &str| {
            let found = khoroos.on(&Cell::Text("БЗД-26".into()), day);
            assert_eq!(found.map(|id| id.to_string()).as_deref(), Ok(id));
        };
        check(date(2021, 12, 31), "2020:bzd-26");
        check(date(2022, 1, 1), "2022:bzd-26");
    }

    #[test]
    fn a_khoroo_that_was_not_there_is_refused_with_the_vintages_that_have_it() {
        let khoroos = khoroos();
        let refused =
            |text: &str, day| khoroos.on(&Cell::Text(text.into()), day).expect_err("refused").to_string();
        assert_eq!(
            refused("БЗД-43", IN_2020),
            "means khoroo bzd-43, which did not exist on 2020-05-14 (vintage 2020); vintages that have it: 2022 (from 2022-01-01)"
        );
        assert!(refused("2022:bzd-26", IN_2020).contains("did not exist on 2020-05-14"));
        assert!(refused("БЗД-99", IN_2022).contains("no vintage has it"));
        assert!(
            refused("БЗД-26", date(2019, 1, 1)).contains("known are: 2020 (2020-01-01 to 2021-12-31), 2022")
        );
    }

    #[test]
    fn what_names_no_khoroo_or_several_is_refused() {
        let khoroos = khoroos();
        for text in ["26", "26-р хороо", "Баянзүрх", "Дархан 3", "БЗД 26, 27", "xyz-3"]
        {
            assert_eq!(khoroos.on(&Cell::Text(text.into()), IN_2022), Err(Problem::NoKhoroo), "{text}");
        }
        let ambiguous = khoroos.on(&Cell::Text("Зүүн".into()), IN_2022).expect_err("two of them");
        assert_eq!(ambiguous.to_string(), "names several khoroos: 2022:chd-1, 2022:sbd-1");
        assert_eq!(khoroos.on(&Cell::Number(26.0), IN_2022), Err(Problem::NoKhoroo));
    }
}
