//! When what happens: the two cycles of the demo, the seasons of their steps, and days on which people work.
//!
//! As in life the cycle of 2020 spans two years: steps 1 and 2 in 2020, visits and votes online in 2021.
//! No replications were counted then. Seasons follow each other, so that every gate is passed in order.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use crate::demo::random::Random;
use crate::demo::{VINTAGE_2020, VINTAGE_2022};
use crate::model::Cycle;

/// First and last day.
pub type Season = (Date, Date);

/// A cycle with the seasons of its steps.
pub struct Round {
    pub id: &'static str,
    pub vintage: &'static str,
    pub days: Season,
    pub entries: Season,
    /// The city's stage of identification.
    pub forum: Date,
    /// Begins after every decision of a district; the last day is the city's own workshop.
    pub workshops: Season,
    /// Ends early enough for what follows a visit.
    pub visits: Season,
    pub is_replicating: bool,
}

pub const ROUNDS: [Round; 2] = [
    Round {
        id: "2020",
        vintage: VINTAGE_2020,
        days: (date(2020, 2, 1), date(2021, 11, 30)),
        entries: (date(2020, 2, 3), date(2020, 7, 3)),
        forum: date(2020, 9, 10),
        workshops: (date(2020, 9, 15), date(2020, 12, 10)),
        visits: (date(2021, 1, 18), date(2021, 6, 25)),
        is_replicating: false,
    },
    Round {
        id: "2022",
        vintage: VINTAGE_2022,
        days: (date(2022, 2, 1), date(2023, 8, 31)),
        entries: (date(2022, 2, 7), date(2022, 5, 20)),
        forum: date(2022, 7, 7),
        workshops: (date(2022, 7, 18), date(2022, 9, 16)),
        visits: (date(2022, 9, 20), date(2023, 2, 15)),
        is_replicating: true,
    },
];

/// Days without work, first and last: Naadam, Tsagaan Sar, the turn of the year.
const HOLIDAYS: [Season; 12] = [
    (date(2020, 2, 24), date(2020, 2, 26)),
    (date(2020, 7, 11), date(2020, 7, 15)),
    (date(2020, 12, 29), date(2021, 1, 3)),
    (date(2021, 2, 12), date(2021, 2, 14)),
    (date(2021, 7, 11), date(2021, 7, 15)),
    (date(2021, 12, 29), date(2022, 1, 3)),
    (date(2022, 2, 2), date(2022, 2, 4)),
    (date(2022, 7, 11), date(2022, 7, 15)),
    (date(2022, 12, 29), date(2023, 1, 3)),
    (date(2023, 2, 20), date(2023, 2, 23)),
    (date(2023, 7, 11), date(2023, 7, 15)),
    (date(2023, 12, 29), date(2024, 1, 3)),
];

impl Round {
    pub fn cycle(&self) -> Cycle {
        Cycle {
            id: self.id.into(),
            title_mn: format!("{} оны мөчлөг", self.id),
            title_en: format!("{} cycle", self.id),
            starts_on: self.days.0,
            ends_on: self.days.1,
            vintage: self.vintage.parse().expect("the demo's vintages are valid names"),
            replications_reported: self.is_replicating,
            illustrative: true,
        }
    }
}

/// A day of work in a season. The last days of a season must be such days.
pub fn day_in((first, last): Season, random: &mut Random) -> Date {
    let n_days = i64::from((last - first).get_days()).max(0) as usize;
    workday(after(first, random.below(n_days + 1))).min(last)
}

/// A day of work some `from..=to` days later.
pub fn days_later(day: Date, from: usize, to: usize, random: &mut Random) -> Date {
    workday(after(day, from + random.below(to - from + 1)))
}

/// That many days later, or earlier.
pub fn after(day: Date, n_days: usize) -> Date {
    day.saturating_add((n_days as i64).days())
}

pub fn before(day: Date, n_days: usize) -> Date {
    day.saturating_sub((n_days as i64).days())
}

/// The day itself, or the next on which people work.
fn workday(day: Date) -> Date {
    let is_free = |day: Date| {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            || HOLIDAYS.iter().any(|(first, last)| (*first..=*last).contains(&day))
    };
    let mut day = day;
    while is_free(day) {
        day = after(day, 1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_follow_each_other_within_their_cycle() {
        for round in &ROUNDS {
            let [entries, workshops, visits] = [round.entries, round.workshops, round.visits];
            // A district decides within 35 days, and a few more where those are free.
            assert!(round.days.0 <= entries.0 && after(entries.1, 45) < round.forum);
            assert!(round.forum < workshops.0 && workshops.1 < visits.0 && visits.1 < round.days.1);
            for day in [entries, workshops, visits].into_iter().flat_map(|(first, last)| [first, last]) {
                assert_eq!(workday(day), day, "{day} is free");
            }
        }
    }

    #[test]
    fn nobody_works_on_weekends_and_at_naadam() {
        assert_eq!(workday(date(2022, 7, 9)), date(2022, 7, 18));
        assert_eq!(workday(date(2022, 9, 16)), date(2022, 9, 16));
        let mut random = Random::stream(1, &[]);
        for _ in 0..500 {
            let day = day_in(ROUNDS[1].visits, &mut random);
            assert!(workday(day) == day && (ROUNDS[1].visits.0..=ROUNDS[1].visits.1).contains(&day));
        }
    }
}
