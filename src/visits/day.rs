//! One day's way along several hosts.
//!
//! [`Day::itinerary`] finds the order of stops that spends least time on the way, with each visit inside its
//! host's opening hours, a pause at noon, and everybody back in time. Where not all stops fit, it leaves out
//! those whose loss is least. Exact for up to [`MOST_STOPS`] stops: every set of stops and every last stop is
//! reached in every way that is not worse than another both in time of day and in minutes on the way
//! (dynamic programming after Held and Karp 1962, with labels as for time windows).
//!
//! Owns: times of one day. Leaves to others: which day, how long a way takes, how it is shown.
//! Waiting never helps: who arrives earlier can begin no later, so only these two numbers matter.

/// More than a day holds; the sets of 12 are 4 096.
pub const MOST_STOPS: usize = 12;

/// Minutes after midnight, civil time; 0 to 1 440.
pub type Minute = u16;

/// From, inclusive, to, exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: Minute,
    pub to: Minute,
}

/// A rest of so many minutes at one place, that begins and ends inside the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    pub within: Window,
    pub minutes: u16,
}

#[derive(Debug, Clone)]
pub struct Stop {
    /// When it is open that day, in order of time.
    pub open: Vec<Window>,
    /// Length of the visit, ≥ 1.
    pub minutes: u16,
    /// What leaving it out costs, ≥ 1; 1 for each makes as many stops as possible.
    pub worth: u32,
}

/// What is asked: place 0 is where the way begins and ends, the stops are 1, 2, ….
#[derive(Debug, Clone)]
pub struct Day {
    /// Not away before `from`, back by `to`.
    pub away: Window,
    pub pause: Option<Pause>,
    pub stops: Vec<Stop>,
    /// Minutes from place to place: `[from][to]`, square, one more than stops.
    pub minutes: Vec<Vec<u16>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Itinerary {
    pub calls: Vec<Call>,
    /// Begin of the pause, if it falls on the way.
    pub pause_at: Option<Minute>,
    /// Leaving the first place as late as reaches the first visit in time, and a pause before it for which
    /// there is no time at the first place.
    pub leaves_at: Minute,
    pub back_at: Minute,
    /// On the way, all legs.
    pub travel_minutes: u16,
    pub left_out: Vec<LeftOut>,
}

/// A stop that is made, by its number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    pub stop: usize,
    /// From the place before.
    pub travel_minutes: u16,
    pub arrives_at: Minute,
    pub begins_at: Minute,
    pub ends_at: Minute,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    pub stop: usize,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Not even alone: its hours are shut, too short for the visit, or too far away.
    NotAlone,
    /// How long it takes to get there or back is not known.
    WayUnknown,
    /// Together with the others there is no time for it.
    NoTime,
}

/// Why a day cannot be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    #[error("{0} stops, limit {MOST_STOPS}")]
    TooManyStops(usize),
    #[error("the way begins at minute {from} and ends at minute {to}, which is not later")]
    NoDay { from: Minute, to: Minute },
    #[error("the table of minutes has not {0} rows and columns")]
    Table(usize),
}

impl Day {
    /// The itinerary described at the top of this module.
    ///
    /// Most worth first, then fewest minutes on the way, then back earliest, then stops in their given order.
    pub fn itinerary(&self) -> Result<Itinerary, DayError> {
        let n = self.stops.len();
        if n > MOST_STOPS {
            return Err(DayError::TooManyStops(n));
        }
        if self.away.from >= self.away.to {
            return Err(DayError::NoDay { from: self.away.from, to: self.away.to });
        }
        if self.minutes.len() != n + 1 || self.minutes.iter().any(|row| row.len() != n + 1) {
            return Err(DayError::Table(n + 1));
        }
        Ok(Search::new(self).run())
    }

    /// Earliest begin of a visit for who is there at `at`.
    fn begin(&self, stop: usize, at: u16) -> Option<u16> {
        let stop = &self.stops[stop];
        stop.open.iter().find_map(|window| {
            let begin = at.max(window.from);
            (begin.checked_add(stop.minutes)? <= window.to).then_some(begin)
        })
    }

    /// End of the pause for who could begin it at `at`.
    fn rest(&self, at: u16) -> Option<u16> {
        let pause = self.pause?;
        let begin = at.max(pause.within.from);
        let end = begin.checked_add(pause.minutes)?;
        (end <= pause.within.to).then_some(end)
    }

    /// Nobody rests on a day that begins too late for it, or ends early enough to do so at home.
    fn rests_elsewhere(&self, at: u16) -> bool {
        self.pause.is_none_or(|pause| at.saturating_add(pause.minutes) > pause.within.to)
    }

    fn rests_at_home(&self, back_at: u16) -> bool {
        self.rest(back_at).is_some()
    }
}

/// A way of having made a set of stops.
#[derive(Debug, Clone, Copy)]
struct Label {
    /// End of the last visit, or of the pause after it.
    at: u16,
    travel: u16,
    rested: bool,
    /// Whether the pause lies between the stop before and this one.
    rest_before: bool,
    /// The label it goes on from, in the set without its stop: `[last stop][number]`.
    from: Option<(u8, u32)>,
}

impl Label {
    fn is_no_worse(&self, other: &Self) -> bool {
        self.at <= other.at && self.travel <= other.travel && (self.rested || !other.rested)
    }
}

struct Search<'a> {
    day: &'a Day,
    /// By set of stops and last stop.
    labels: Vec<Vec<Label>>,
}

/// A whole way, compared by what is wanted of it.
#[derive(Clone, Copy)]
struct End {
    worth: u32,
    travel: u16,
    back_at: u16,
    set: usize,
    last: usize,
    number: usize,
    /// Between the last visit and the way home.
    rest_after: bool,
}

impl<'a> Search<'a> {
    fn new(day: &'a Day) -> Self {
        Self { day, labels: vec![Vec::new(); (1 << day.stops.len()) * day.stops.len()] }
    }

    fn run(mut self) -> Itinerary {
        let n = self.day.stops.len();
        let start =
            Label { at: self.day.away.from, travel: 0, rested: false, rest_before: false, from: None };
        let start = Label { rested: self.day.rests_elsewhere(start.at), ..start };
        for stop in 0..n {
            self.go_on(start, None, 0, stop);
        }
        for set in 1..1_usize << n {
            for last in (0..n).filter(|last| set & (1 << last) != 0) {
                for number in 0..self.labels[set * n + last].len() {
                    let label = self.labels[set * n + last][number];
                    for stop in (0..n).filter(|stop| set & (1 << stop) == 0) {
                        self.go_on(label, Some((last, number)), set, stop);
                    }
                }
            }
        }
        let best = self.ends().reduce(|best, end| {
            let rank = |end: &End| (std::cmp::Reverse(end.worth), end.travel, end.back_at);
            if rank(&end) < rank(&best) { end } else { best }
        });
        self.told(best)
    }

    /// The next stop, with and without a pause before it.
    fn go_on(&mut self, label: Label, from: Option<(usize, usize)>, set: usize, stop: usize) {
        let n = self.day.stops.len();
        let leg = self.day.minutes[from.map_or(0, |(last, _)| last + 1)][stop + 1];
        let mut reach = |leaves: Option<u16>, rest_before: bool| {
            let arrives = leaves.and_then(|at| at.checked_add(leg))?;
            let begin = self.day.begin(stop, arrives)?;
            let at = begin + self.day.stops[stop].minutes;
            let next = Label {
                at,
                travel: label.travel + leg,
                rested: label.rested || rest_before,
                rest_before,
                from: from.map(|(last, number)| (last as u8, number as u32)),
            };
            if at > self.day.away.to {
                return None;
            }
            insert(&mut self.labels[(set | 1 << stop) * n + stop], next);
            Some(())
        };
        reach(Some(label.at), false);
        if !label.rested {
            // At the place before or on arrival comes to the same, unless only one of them is in time.
            reach(self.day.rest(label.at), true);
            let on_arrival = label.at.checked_add(leg).and_then(|at| self.day.rest(at));
            reach(on_arrival.map(|at| at - leg), true);
        }
    }

    fn ends(&self) -> impl Iterator<Item = End> {
        let n = self.day.stops.len();
        self.labels.iter().enumerate().flat_map(move |(place, labels)| {
            let (set, last) = (place / n, place % n);
            let worth =
                (0..n).filter(|stop| set & (1 << stop) != 0).map(|stop| self.day.stops[stop].worth).sum();
            labels.iter().enumerate().flat_map(move |(number, label)| {
                let home = self.day.minutes[last + 1][0];
                [false, true].into_iter().filter_map(move |rest_after| {
                    let leaves = if rest_after { self.day.rest(label.at)? } else { label.at };
                    let back_at = leaves.checked_add(home)?;
                    let is_rested = label.rested || rest_after || self.day.rests_at_home(back_at);
                    let travel = label.travel + home;
                    let end = End { worth, travel, back_at, set, last, number, rest_after };
                    (back_at <= self.day.away.to && is_rested && !(label.rested && rest_after)).then_some(end)
                })
            })
        })
    }

    fn told(&self, best: Option<End>) -> Itinerary {
        let n = self.day.stops.len();
        let mut way = Vec::new();
        let mut next = best.map(|end| (end.set, end.last, end.number));
        while let Some((set, last, number)) = next {
            let label = self.labels[set * n + last][number];
            way.push((last, label.rest_before));
            next = label.from.map(|(before, number)| (set & !(1 << last), before as usize, number as usize));
        }
        way.reverse();
        let mut itinerary = self.timed(&way, best.is_some_and(|end| end.rest_after));
        itinerary.left_out = self.left_out(best.map_or(0, |end| end.set));
        itinerary
    }

    /// Times of a way whose order and pause are known, first leg as late as possible.
    fn timed(&self, way: &[(usize, bool)], rest_after: bool) -> Itinerary {
        let day = self.day;
        let mut itinerary = Itinerary {
            calls: Vec::new(),
            pause_at: None,
            leaves_at: day.away.from,
            back_at: day.away.from,
            travel_minutes: 0,
            left_out: Vec::new(),
        };
        let (mut at, mut place) = (day.away.from, 0);
        for &(stop, rest_before) in way {
            let leg = day.minutes[place][stop + 1];
            let mut arrives_at = at + leg;
            let mut ready = arrives_at;
            if rest_before {
                // Where it ends earlier; at the place before if it is the same.
                let before = day.rest(at).map(|end| end + leg);
                let after = day.rest(arrives_at);
                let pause = day.pause.map_or(0, |pause| pause.minutes);
                match (before, after) {
                    (Some(before), after) if after.is_none_or(|after| before <= after) => {
                        itinerary.pause_at = Some(before - leg - pause);
                        arrives_at = before;
                        ready = before;
                    }
                    (_, Some(after)) => {
                        itinerary.pause_at = Some(after - pause);
                        ready = after;
                    }
                    _ => unreachable!("the search rested here, so there is time for it"),
                }
            }
            let begins_at = day.begin(stop, ready).expect("the search began this visit no earlier");
            let ends_at = begins_at + day.stops[stop].minutes;
            itinerary.calls.push(Call { stop, travel_minutes: leg, arrives_at, begins_at, ends_at });
            itinerary.travel_minutes += leg;
            (at, place) = (ends_at, stop + 1);
        }
        if rest_after && let (Some(end), Some(pause)) = (day.rest(at), day.pause) {
            itinerary.pause_at = Some(end - pause.minutes);
            at = end;
        }
        itinerary.travel_minutes += day.minutes[place][0];
        itinerary.back_at = at + day.minutes[place][0];
        self.leave_late(&mut itinerary);
        itinerary
    }

    /// Nobody leaves home to stand before a closed door; who has time to rest before leaving does so at home.
    fn leave_late(&self, itinerary: &mut Itinerary) {
        let Some(first) = itinerary.calls.first_mut() else { return };
        let on_time = first.begins_at - first.travel_minutes;
        let rest_before = itinerary.pause_at.filter(|at| *at < first.begins_at).and(self.day.pause);
        let rested_at_home = self.day.rest(self.day.away.from).is_some_and(|end| end <= on_time);
        first.arrives_at = first.begins_at;
        if let Some(pause) = rest_before {
            let on_arrival = first.begins_at.min(pause.within.to) - pause.minutes;
            itinerary.pause_at = (!rested_at_home).then_some(on_arrival);
            first.arrives_at = itinerary.pause_at.unwrap_or(first.begins_at);
        }
        itinerary.leaves_at = first.arrives_at - first.travel_minutes;
    }

    fn left_out(&self, set: usize) -> Vec<LeftOut> {
        let n = self.day.stops.len();
        let alone: Vec<bool> = (0..n).map(|stop| self.ends().any(|end| end.set == 1 << stop)).collect();
        (0..n)
            .filter(|stop| set & (1 << stop) == 0)
            .map(|stop| LeftOut { stop, why: if alone[stop] { Why::NoTime } else { Why::NotAlone } })
            .collect()
    }
}

/// Keeps what no other label is at least as good as.
fn insert(labels: &mut Vec<Label>, new: Label) {
    if labels.iter().any(|label| label.is_no_worse(&new)) {
        return;
    }
    // Labels are gone on from only when their set is complete, so their numbers are not yet in use.
    labels.retain(|label| !new.is_no_worse(label));
    labels.push(new);
}

#[cfg(test)]
mod tests;
