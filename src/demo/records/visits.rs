//! Step 3: learning visits, and what their visitors saw.

use jiff::civil::Date;

use super::calendar::{Round, day_in};
use super::copies::Copied;
use super::draw::{Meeting, cost};
use super::phrases::{ACTION_PLANS, LEARNING_POINTS};
use super::trips::{self, Trip};
use super::{Scene, offices};
use crate::demo::random::Random;
use crate::model::{KhorooId, Mode, Records, Visit, VisitPractice, VisitStatus, VisitVisitor};

/// What one khoroo saw on a visit that was held and ended with a plan.
#[derive(Clone)]
pub struct Seen {
    pub khoroo: KhorooId,
    pub practice: String,
    pub theme: String,
    pub on: Date,
    pub mode: Mode,
    /// It is going to copy the practice.
    pub copies: bool,
}

/// Rows of a cycle's visits, and what was seen on them, in the order of days.
#[derive(Default)]
pub struct Visited {
    pub visits: Vec<Visit>,
    pub visitors: Vec<VisitVisitor>,
    pub practices: Vec<VisitPractice>,
    pub seen: Vec<Seen>,
}

/// Visits that lead to no copy, by cycle; in the first none does.
const N_OTHERS: [usize; 2] = [74, 38];
/// Visits that were not held, by cycle.
const NOT_HELD: [[(VisitStatus, usize); 5]; 2] = [
    [
        (VisitStatus::Suggested, 0),
        (VisitStatus::Proposed, 0),
        (VisitStatus::Accepted, 0),
        (VisitStatus::Declined, 5),
        (VisitStatus::Cancelled, 7),
    ],
    [
        (VisitStatus::Suggested, 6),
        (VisitStatus::Proposed, 5),
        (VisitStatus::Accepted, 4),
        (VisitStatus::Declined, 4),
        (VisitStatus::Cancelled, 5),
    ],
];
/// In 2021 everything was online.
const MEETINGS: [Meeting; 2] =
    [Meeting { face_to_face: 0, online: 100 }, Meeting { face_to_face: 74, online: 19 }];

/// Invents a cycle's visits.
pub fn invent(
    scene: &Scene<'_>,
    cycle: usize,
    round: &Round,
    copies: &[Copied<'_>],
    records: &Records,
) -> Visited {
    let mut random = scene.random(&[PURPOSE, cycle as u64]);
    let mut trips: Vec<(VisitStatus, Trip<'_>)> = Vec::new();
    let mut add = |status, more: Vec<_>| trips.extend(more.into_iter().map(|trip| (status, trip)));
    add(VisitStatus::Held, trips::of_copiers(scene, cycle, copies, &mut random));
    let others = scene.part(N_OTHERS[cycle]);
    add(VisitStatus::Held, trips::of_others(scene, cycle, others, records, &mut random));
    for (status, n) in NOT_HELD[cycle] {
        add(status, trips::of_others(scene, cycle, scene.part(n), records, &mut random));
    }
    let mut dated: Vec<(Date, VisitStatus, Trip<'_>)> =
        trips.into_iter().map(|(status, trip)| (day_in(round.visits, &mut random), status, trip)).collect();
    dated.sort_by_key(|(day, ..)| *day);
    let mut made = Visited::default();
    for (number, (day, status, trip)) in (1..).zip(dated) {
        let id = format!("v-{}-{number:03}", round.id);
        let mut visit =
            visit(scene, round, (id, day, status), (MEETINGS[cycle], &trip), &mut random, records);
        let mut came = 0;
        for khoroo in trip.visitors.keys() {
            let people = (status == VisitStatus::Held).then(|| 1 + random.below(5) as i64);
            came += people.unwrap_or(0);
            let (visit, khoroo) = (visit.id.clone(), (*khoroo).clone());
            made.visitors.push(VisitVisitor { visit, khoroo, people, illustrative: true });
        }
        for practice in trip.practices.keys() {
            let (visit, practice) = (visit.id.clone(), (*practice).to_owned());
            made.practices.push(VisitPractice { visit, practice, illustrative: true });
        }
        if status == VisitStatus::Held {
            // A few more were asked than came.
            visit.attended = Some(came);
            visit.invited = Some(came + random.below(5) as i64);
            if visit.action_plan.is_some() {
                made.seen.extend(trip.seen(&visit));
            }
        }
        made.visits.push(visit);
    }
    made
}

/// A visit without its people.
fn visit(
    scene: &Scene<'_>,
    round: &Round,
    (id, held_on, status): (String, Date, VisitStatus),
    (meeting, trip): (Meeting, &Trip<'_>),
    random: &mut Random,
    records: &Records,
) -> Visit {
    let mode = meeting.mode(random);
    let is_held = status == VisitStatus::Held;
    let leads_on = trip.visitors.values().any(|copied| !copied.is_empty());
    let cost = cost(mode, random).filter(|_| is_held);
    let travel_min = trip.visitors.keys().filter_map(|from| offices::minutes(scene, from, trip.host)).max();
    let has_plan = is_held && (leads_on || random.chance(0.85));
    let feedback = |random: &mut Random| (is_held && random.chance(0.8)).then(|| 5 - random.below(3) as i16);
    let trainer =
        (!records.trainers.is_empty() && random.chance(0.6)).then(|| random.pick(&records.trainers));
    Visit {
        id,
        cycle: round.id.into(),
        host: trip.host.clone(),
        held_on,
        mode,
        status,
        cost,
        travel_min: travel_min.filter(|_| mode != Mode::Virtual),
        invited: None,
        attended: None,
        learning_points: has_plan.then(|| (*random.pick(&LEARNING_POINTS)).into()),
        action_plan: has_plan.then(|| (*random.pick(&ACTION_PLANS)).into()),
        host_feedback: feedback(random),
        visitor_feedback: feedback(random),
        trainer: trainer.map(|t| t.id.clone()),
        illustrative: true,
    }
}

impl Trip<'_> {
    fn seen(&self, visit: &Visit) -> Vec<Seen> {
        let pairs = self.visitors.iter().flat_map(|(khoroo, copied)| {
            self.practices.iter().map(move |(practice, theme)| Seen {
                khoroo: (*khoroo).clone(),
                practice: (*practice).to_owned(),
                theme: (*theme).to_owned(),
                on: visit.held_on,
                mode: visit.mode,
                copies: copied.contains(practice),
            })
        });
        pairs.collect()
    }
}

const PURPOSE: u64 = 0x5157;
