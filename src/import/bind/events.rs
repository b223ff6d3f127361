//! Steps 2 to 4, trainings, and what khoroos look for and offer.

use jiff::civil::Date;

use super::Made;
use super::reader::{Reader, before};
use crate::import::fault::Problem;
use crate::model::{
    Key, Need, Offer, Row, Training, Visit, VisitPractice, VisitVisitor, Vote, Workshop, WorkshopPractice,
};

pub fn workshop(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let before = before!(reader, Workshop(id));
    let cycle = reader.refer("cycle");
    let district = if reader.has("district") {
        reader.district("district")
    } else {
        before.and_then(|b| b.district.clone())
    };
    let practices = reader.refer_all("practices");
    let [attended_f, attended_m, attended_unknown] = reader.people(
        ["attended_f", "attended_m", "attended_unknown", "attended_total"],
        before.map_or([None; 3], |b| [b.attended_f, b.attended_m, b.attended_unknown]),
    );
    let mut made = Made::one(Workshop {
        id: id.clone(),
        cycle: cycle?,
        scope: reader.must("scope"),
        district,
        held_on: reader.must("held_on"),
        mode: reader.must("mode"),
        venue: reader.may("venue", before.and_then(|b| b.venue.clone())),
        cost: reader.may("cost", before.and_then(|b| b.cost)),
        invited: reader.may("invited", before.and_then(|b| b.invited)),
        attended_f,
        attended_m,
        attended_unknown,
        illustrative: reader.is_invented(),
    });
    if let Some(practices) = practices {
        let link = |practice| {
            Row::from(WorkshopPractice { workshop: id.clone(), practice, illustrative: reader.is_invented() })
        };
        made.rows.extend(practices.into_iter().map(link));
        let kept: Vec<Key> = made.rows.iter().map(Row::key).collect();
        let is_link = |key: &Key| matches!(key, Key::WorkshopPractice(..));
        made.deletes = reader.no_longer(&Key::Workshop(id.clone()), &kept, is_link);
    }
    Some(made)
}

pub fn visit(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let held_on: Date = reader.must("held_on");
    let before = before!(reader, Visit(id));
    let cycle = reader.refer("cycle");
    let host = reader.khoroo_on("host", held_on);
    let visitors = reader.khoroos_on("visitors", held_on)?;
    let practices = reader.refer_all("practices")?;
    let trainer = reader.refer_may("trainer", before.and_then(|b| b.trainer.clone()));
    let attended = reader.may("attended", before.and_then(|b| b.attended));
    let named: i64 = visitors.iter().filter_map(|(_, people)| *people).fold(0, i64::saturating_add);
    if let Some(attended) = attended.filter(|attended| named > *attended) {
        let detail = format!("counts {named} people, but {attended} attended");
        reader.fault("visitors", Problem::BrokenRule { detail });
    }
    let mut made = Made::one(Visit {
        id: id.clone(),
        cycle: cycle?,
        host: host?,
        held_on,
        mode: reader.must("mode"),
        status: reader.must("status"),
        cost: reader.may("cost", before.and_then(|b| b.cost)),
        travel_min: reader.may("travel_min", before.and_then(|b| b.travel_min)),
        invited: reader.may("invited", before.and_then(|b| b.invited)),
        attended,
        learning_points: reader.may("learning_points", before.and_then(|b| b.learning_points.clone())),
        action_plan: reader.may("action_plan", before.and_then(|b| b.action_plan.clone())),
        host_feedback: reader.may("host_feedback", before.and_then(|b| b.host_feedback)),
        visitor_feedback: reader.may("visitor_feedback", before.and_then(|b| b.visitor_feedback)),
        trainer,
        illustrative: reader.is_invented(),
    });
    for (khoroo, people) in visitors {
        made.rows.push(
            VisitVisitor { visit: id.clone(), khoroo, people, illustrative: reader.is_invented() }.into(),
        );
    }
    for practice in practices {
        made.rows
            .push(VisitPractice { visit: id.clone(), practice, illustrative: reader.is_invented() }.into());
    }
    let kept: Vec<Key> = made.rows.iter().map(Row::key).collect();
    made.deletes = reader.no_longer(&Key::Visit(id.clone()), &kept, |_| true);
    Some(made)
}

pub fn vote(reader: &mut Reader<'_>) -> Option<Made> {
    let decided_on = reader.must("decided_on");
    let (practice, cycle) = (reader.refer("practice"), reader.refer("cycle"));
    let khoroo = reader.khoroo_on("khoroo", decided_on);
    let (khoroo, practice, cycle) = (khoroo?, practice?, cycle?);
    let before = before!(reader, Vote(khoroo, practice, cycle));
    Some(Made::one(Vote {
        rank: reader.may("rank", before.and_then(|b| b.rank)),
        votes: reader.may("votes", before.and_then(|b| b.votes)),
        voters: reader.may("voters", before.and_then(|b| b.voters)),
        citizens_involved: reader.may("citizens_involved", before.and_then(|b| b.citizens_involved)),
        decided_on,
        decision: reader.must("decision"),
        planned_year: reader.may("planned_year", before.and_then(|b| b.planned_year)),
        occasion: reader.occasion(before.map(|b| b.occasion).unwrap_or_default()),
        illustrative: reader.is_invented(),
        khoroo,
        practice,
        cycle,
    }))
}

#[expect(clippy::unnecessary_wraps, reason = "of the kind of function that the table of kinds holds")]
pub fn training(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let before = before!(reader, Training(id));
    let [participants_f, participants_m, participants_unknown] = reader.people(
        ["participants_f", "participants_m", "participants_unknown", "participants_total"],
        before.map_or([None; 3], |b| [b.participants_f, b.participants_m, b.participants_unknown]),
    );
    Some(Made::one(Training {
        org: reader.must("org"),
        title_mn: reader.must("title_mn"),
        title_en: reader.may("title_en", before.and_then(|b| b.title_en.clone())),
        topic: reader.may("topic", before.and_then(|b| b.topic.clone())),
        held_on: reader.must("held_on"),
        form: reader.must("form"),
        target_group: reader.may("target_group", before.and_then(|b| b.target_group.clone())),
        participants_f,
        participants_m,
        participants_unknown,
        pre_score_pct: reader.may("pre_score_pct", before.and_then(|b| b.pre_score_pct)),
        post_score_pct: reader.may("post_score_pct", before.and_then(|b| b.post_score_pct)),
        n_pre: reader.may("n_pre", before.and_then(|b| b.n_pre)),
        n_post: reader.may("n_post", before.and_then(|b| b.n_post)),
        satisfaction_pct: reader.may("satisfaction_pct", before.and_then(|b| b.satisfaction_pct)),
        n_survey: reader.may("n_survey", before.and_then(|b| b.n_survey)),
        cost: reader.may("cost", before.and_then(|b| b.cost)),
        illustrative: reader.is_invented(),
        id,
    }))
}

pub fn need(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let since = reader.must("since");
    let (khoroo, theme) = (reader.khoroo_on("khoroo", since), reader.refer("theme"));
    let before = before!(reader, Need(id));
    Some(Made::one(Need {
        khoroo: khoroo?,
        theme: theme?,
        text: reader.may("text", before.and_then(|b| b.text.clone())),
        urgency: reader.may("urgency", before.and_then(|b| b.urgency)),
        since,
        status: reader.must("status"),
        illustrative: reader.is_invented(),
        id,
    }))
}

/// An offer has no day: its khoroo is taken in the vintage of the practice's host.
pub fn offer(reader: &mut Reader<'_>) -> Option<Made> {
    let id: String = reader.must("id");
    let practice = reader.refer("practice");
    let host = practice.as_ref().and_then(|practice| reader.world.host(practice)).map(|host| &host.vintage);
    let khoroo = reader.khoroo_within("khoroo", host);
    let before = before!(reader, Offer(id));
    Some(Made::one(Offer {
        khoroo: khoroo?,
        practice: practice?,
        capacity_per_quarter: reader.must("capacity_per_quarter"),
        mode: reader.may("mode", before.and_then(|b| b.mode)),
        max_group: reader.may("max_group", before.and_then(|b| b.max_group)),
        status: reader.must("status"),
        illustrative: reader.is_invented(),
        id,
    }))
}
