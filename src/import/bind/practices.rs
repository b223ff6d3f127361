//! Step 1: practices, and how they were entered.

use super::Made;
use super::reader::{Reader, before};
use crate::model::{
    Identification, IdentificationStage, Practice, PracticeDetails, PracticeStatusChange, Stage,
};

/// The host's vintage is that of the day on which the practice was first entered, else of its beginning,
/// else the latest; a cell may name another one, as `2022:bzd-26`.
pub fn practice(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let before = before!(reader, Practice(id));
    let kept = before.map(|b| b.details.clone()).unwrap_or_default();
    let details = PracticeDetails {
        started_on: reader.may("started_on", kept.started_on),
        problem_mn: reader.may("problem_mn", kept.problem_mn),
        problem_en: reader.may("problem_en", kept.problem_en),
        what_we_did_mn: reader.may("what_we_did_mn", kept.what_we_did_mn),
        what_we_did_en: reader.may("what_we_did_en", kept.what_we_did_en),
        result_mn: reader.may("result_mn", kept.result_mn),
        result_en: reader.may("result_en", kept.result_en),
        setting: reader.refer_may("setting", kept.setting),
        cost_setup: reader.may("cost_setup", kept.cost_setup),
        cost_year: reader.may("cost_year", kept.cost_year),
        people_served: reader.may("people_served", kept.people_served),
        replicability: reader.may("replicability", kept.replicability),
        maturity: reader.may("maturity", kept.maturity),
        last_confirmed_on: reader.may("last_confirmed_on", kept.last_confirmed_on),
    };
    let world = reader.world;
    // A day of no vintage is a fault of the identification.
    let day = world.day_of(&id, details.started_on);
    let vintage = day.and_then(|day| world.khoroos.vintage_on(day).ok());
    let host = reader.khoroo_within("host", vintage);
    let theme = reader.refer("theme");
    let location = reader.point(before.and_then(|b| b.location));
    Some(Made::one(Practice {
        title_mn: reader.must("title_mn"),
        title_en: reader.may("title_en", before.and_then(|b| b.title_en.clone())),
        summary_mn: reader.may("summary_mn", before.and_then(|b| b.summary_mn.clone())),
        summary_en: reader.may("summary_en", before.and_then(|b| b.summary_en.clone())),
        theme: theme?,
        host: host?,
        status: reader.must("status"),
        details,
        location,
        illustrative: reader.is_invented(),
        id,
    }))
}

pub fn status_change(reader: &mut Reader<'_>) -> Option<Made> {
    Some(Made::one(PracticeStatusChange {
        practice: reader.refer("practice")?,
        changed_on: reader.must("changed_on"),
        status: reader.must("status"),
        illustrative: reader.is_invented(),
    }))
}

pub fn identification(reader: &mut Reader<'_>) -> Option<Made> {
    let entered_on = reader.must("entered_on");
    let (practice, cycle) = (reader.refer("practice"), reader.refer("cycle"));
    let khoroo = reader.khoroo_on("khoroo", entered_on);
    let (practice, cycle) = (practice?, cycle?);
    let before = before!(reader, Identification(practice, cycle));
    Some(Made::one(Identification {
        khoroo: khoroo?,
        entered_on,
        stage: reader.must("stage"),
        decision: reader.must("decision"),
        awarded: reader.may("awarded", before.map(|b| b.awarded)).unwrap_or(false),
        occasion: reader.occasion(before.map(|b| b.occasion).unwrap_or_default()),
        illustrative: reader.is_invented(),
        practice,
        cycle,
    }))
}

pub fn stage(reader: &mut Reader<'_>) -> Option<Made> {
    let (practice, cycle) = (reader.refer("practice"), reader.refer("cycle"));
    let (practice, cycle, stage) = (practice?, cycle?, reader.must::<Stage>("stage"));
    let before = before!(reader, IdentificationStage(practice, cycle, stage));
    Some(Made::one(IdentificationStage {
        reached_on: reader.must("reached_on"),
        decision: reader.must("decision"),
        awarded: reader.may("awarded", before.map(|b| b.awarded)).unwrap_or(false),
        illustrative: reader.is_invented(),
        practice,
        cycle,
        stage,
    }))
}
