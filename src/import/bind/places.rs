//! Vintages and khoroos known by their codes alone, cycles, facts of khoroos, the way between them.

use jiff::civil::{Date, date};

use super::Made;
use super::reader::{Reader, before};
use crate::import::fault::Problem;
use crate::import::read::Cell;
use crate::model::{Cycle, Khoroo, KhorooFact, TravelTime, Vintage, VintageId};

pub fn vintage(reader: &mut Reader<'_>) -> Option<Made> {
    let id = vintage_id(reader, "id")?;
    let before = before!(reader, Vintage(id));
    let mut source: String = reader.must("source");
    // Whoever took the lines in has said where they come from; it is told below every map.
    if let Some(known) = before.filter(|known| reader.world.is_drawn(&id) && known.source != source) {
        source.clone_from(&known.source);
        reader.note(format!("the source of vintage {id} stays, as it is that of its lines: `{source}`"));
    }
    Some(Made::one(Vintage {
        valid_from: reader.must("valid_from"),
        valid_to: reader.may("valid_to", before.and_then(|b| b.valid_to)),
        title_mn: reader.must("title_mn"),
        title_en: reader.must("title_en"),
        source,
        illustrative: reader.is_invented(),
        id,
    }))
}

fn vintage_id(reader: &mut Reader<'_>, field: &str) -> Option<VintageId> {
    let text: String = reader.must(field);
    let expected = "a vintage: 1 to 16 of a-z, 0-9 and `_`, such as 2022";
    let id = text.to_lowercase().parse().map_err(|_| Problem::NotA { expected: expected.into() });
    reader.settle(field, id)
}

/// A khoroo of a vintage; lines that the store has for it stay.
pub fn khoroo(reader: &mut Reader<'_>) -> Option<Made> {
    let vintage = reader.vintage("vintage");
    let text: String = reader.must("khoroo");
    let code = reader.world.khoroos.code(&Cell::Text(text.into()));
    let code = reader.settle("khoroo", code)?;
    let id = code.at(&vintage?);
    let before = before!(reader, Khoroo(id));
    let known = before.cloned();
    let kept = |field: fn(&Khoroo) -> Option<i64>| before.and_then(field);
    Some(Made::one(Khoroo {
        name_mn: reader.may("name_mn", before.and_then(|b| b.name_mn.clone())),
        name_en: reader.may("name_en", before.and_then(|b| b.name_en.clone())),
        nso_code: known.as_ref().and_then(|b| b.nso_code.clone()),
        land_code: known.as_ref().and_then(|b| b.land_code.clone()),
        ebarilga_code: known.as_ref().and_then(|b| b.ebarilga_code.clone()),
        population: reader.may("population", kept(|b| b.population)),
        population_year: reader.may("population_year", before.and_then(|b| b.population_year)),
        households: reader.may("households", kept(|b| b.households)),
        shape: known.and_then(|b| b.shape),
        illustrative: reader.is_invented(),
        id,
    }))
}

/// Its khoroos are those of the vintage on its first day, unless the sheet names one.
pub fn cycle(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let starts_on: Date = reader.must("starts_on");
    let named = reader.vintage("vintage");
    if reader.is_broken() {
        return None;
    }
    let vintage = if let Some(vintage) = named {
        vintage
    } else {
        let found = reader.world.khoroos.vintage_on(starts_on).cloned();
        reader.settle("starts_on", found)?
    };
    let before = before!(reader, Cycle(id));
    let reported = reader.may("replications_reported", before.map(|b| b.replications_reported));
    Some(Made::one(Cycle {
        title_mn: reader.must("title_mn"),
        title_en: reader.must("title_en"),
        starts_on,
        ends_on: reader.must("ends_on"),
        vintage,
        replications_reported: reported.unwrap_or(true),
        illustrative: reader.is_invented(),
        id,
    }))
}

/// What is known of a year is said of the khoroo as it was at the year's end.
pub fn fact(reader: &mut Reader<'_>) -> Option<Made> {
    let year: i16 = reader.must("year");
    let khoroo = reader.khoroo_on("khoroo", date(year, 12, 31));
    let known = khoroo.as_ref().and_then(|khoroo| before!(reader, KhorooFact(khoroo, year)));
    let setting = reader.refer_may("setting", known.and_then(|b| b.setting.clone()));
    let office = reader.point(known.and_then(|b| b.office));
    Some(Made::one(KhorooFact {
        khoroo: khoroo?,
        year,
        population: reader.may("population", known.and_then(|b| b.population)),
        households: reader.may("households", known.and_then(|b| b.households)),
        setting,
        office_address: reader.may("office_address", known.and_then(|b| b.office_address.clone())),
        phone: reader.may("phone", known.and_then(|b| b.phone.clone())),
        opening_hours: reader.may("opening_hours", known.and_then(|b| b.opening_hours.clone())),
        source: reader.must("source"),
        office,
        illustrative: reader.is_invented(),
    }))
}

/// Between khoroos of the latest vintage, unless the cells name another.
pub fn travel_time(reader: &mut Reader<'_>) -> Option<Made> {
    let (from, to) = (reader.khoroo_within("from", None), reader.khoroo_within("to", None));
    Some(Made::one(TravelTime {
        from: from?,
        to: to?,
        minutes: reader.must("minutes"),
        source: reader.must("source"),
        illustrative: reader.is_invented(),
    }))
}
