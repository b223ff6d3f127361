//! Days on which offices are shut.
//!
//! Public holidays are rows of a table, because some of them follow the moon and others change by law: the
//! table in this folder, or one of the same form that the service is started with.
//!
//! Source of the table in this folder: the law on public holidays and days of observation as it stood in 2025
//! (legalinfo.mn, no. 399); days by the moon as computed by the Python package `holidays` 0.109. The
//! government may move or add days from year to year.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

const TABLE: &str = include_str!("holidays.csv");

/// Days among which the next open one is looked for.
const DAYS_AHEAD: usize = 366;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    holidays: BTreeMap<Date, Holiday>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub name_mn: String,
    pub name_en: String,
}

/// Why a day is no working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut<'a> {
    Weekend,
    Holiday(&'a Holiday),
    /// The table tells nothing of that year.
    UnknownYear,
}

/// Why a table of holidays cannot be used; rows are counted with the header as 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("the header is `{0}`; it should be `day,name_mn,name_en`")]
    Header(String),
    #[error("row {row}: {n} columns instead of 3")]
    Columns { row: usize, n: usize },
    #[error("row {row}: day `{value}` is not a date such as 2026-07-11")]
    Day { row: usize, value: String },
    #[error("row {row}: {day} has been named before")]
    Twice { row: usize, day: Date },
    #[error("row {row}: the holiday has no name")]
    Name { row: usize },
    #[error("no holiday in it")]
    Empty,
}

/// The table in this folder.
impl Default for Calendar {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Calendar {
    /// The table in this folder.
    pub fn built_in() -> Self {
        Self::read(TABLE).expect("the table in this folder is well formed, which a test reads")
    }

    /// A table of the same form: `day,name_mn,name_en`, UTF-8.
    pub fn read(text: &str) -> Result<Self, CalendarError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut holidays = BTreeMap::new();
        for (record, row) in reader.records().zip(1..) {
            let record = record.map_err(|_| CalendarError::Columns { row, n: 0 })?;
            let cells: Vec<&str> = record.iter().map(str::trim).collect();
            if row == 1 {
                if cells != ["day", "name_mn", "name_en"] {
                    return Err(CalendarError::Header(cells.join(",")));
                }
                continue;
            }
            let [day, name_mn, name_en] = cells[..] else {
                return Err(CalendarError::Columns { row, n: cells.len() });
            };
            let day: Date =
                day.parse().map_err(|_| CalendarError::Day { row, value: day.chars().take(40).collect() })?;
            if name_mn.is_empty() || name_en.is_empty() {
                return Err(CalendarError::Name { row });
            }
            let holiday = Holiday { name_mn: name_mn.to_owned(), name_en: name_en.to_owned() };
            if holidays.insert(day, holiday).is_some() {
                return Err(CalendarError::Twice { row, day });
            }
        }
        if holidays.is_empty() {
            return Err(CalendarError::Empty);
        }
        Ok(Self { holidays })
    }

    /// Why offices are shut that day; `None` on working days.
    pub fn shut(&self, day: Date) -> Option<Shut<'_>> {
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Some(Shut::Weekend);
        }
        if let Some(holiday) = self.holidays.get(&day) {
            return Some(Shut::Holiday(holiday));
        }
        (!self.years().contains(&day.year())).then_some(Shut::UnknownYear)
    }

    /// True unless it is a weekend or a holiday of the table; in years of which it tells nothing all but weekends.
    pub fn is_working(&self, day: Date) -> bool {
        matches!(self.shut(day), None | Some(Shut::UnknownYear))
    }

    /// The first working day from `day` on, within a year.
    pub fn next_working_day(&self, day: Date) -> Option<Date> {
        if self.shut(day).is_none() { Some(day) } else { self.working_day_after(day) }
    }

    /// The first working day after `day`, within a year.
    pub fn working_day_after(&self, day: Date) -> Option<Date> {
        self.open_day_after(day, |_| true)
    }

    /// The first working day after `day`, within a year, on which a host has room.
    pub fn open_day_after(&self, day: Date, has_room: impl Fn(Date) -> bool) -> Option<Date> {
        let mut days = day.tomorrow().ok()?.series(jiff::Span::new().days(1)).take(DAYS_AHEAD);
        days.find(|day| self.shut(*day).is_none() && has_room(*day))
    }

    /// Years of which the table tells.
    pub fn years(&self) -> std::ops::RangeInclusive<i16> {
        let year = |day: Option<&Date>| day.map_or(0, |day| day.year());
        year(self.holidays.keys().next())..=year(self.holidays.keys().next_back())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn offices_are_shut_on_weekends_and_holidays() {
        let calendar = Calendar::built_in();
        let name = |day| match calendar.shut(day) {
            Some(Shut::Holiday(holiday)) => holiday.name_en.as_str(),
            Some(Shut::Weekend) => "weekend",
            Some(Shut::UnknownYear) => "unknown",
            None => "open",
        };
        assert_eq!(name(date(2026, 7, 13)), "Naadam");
        assert_eq!(name(date(2026, 2, 18)), "Tsagaan Sar (lunar new year)");
        assert_eq!(name(date(2026, 11, 21)), "weekend");
        assert_eq!(name(date(2026, 11, 23)), "open");
        assert_eq!(name(date(2036, 11, 24)), "unknown");
    }

    #[test]
    fn after_naadam_work_begins_again() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.next_working_day(date(2026, 7, 10)), Some(date(2026, 7, 16)));
        assert_eq!(calendar.next_working_day(date(2026, 11, 23)), Some(date(2026, 11, 23)));
        assert_eq!(calendar.next_working_day(date(2036, 1, 1)), None);
        assert_eq!(calendar.working_day_after(date(2026, 7, 9)), Some(date(2026, 7, 16)));
        assert_eq!(calendar.working_day_after(date(2026, 11, 23)), Some(date(2026, 11, 24)));
        let in_2027 = |day: Date| day.year() == 2027;
        assert_eq!(calendar.open_day_after(date(2026, 11, 23), in_2027), Some(date(2027, 1, 4)));
        assert_eq!(calendar.open_day_after(date(2026, 11, 23), |_| false), None);
    }

    #[test]
    fn naadam_and_the_lunar_new_year_are_in_every_year_of_the_table() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.years(), 2020..=2035);
        for year in calendar.years() {
            let n = |name: &str| {
                calendar
                    .holidays
                    .iter()
                    .filter(|(day, of)| day.year() == year && of.name_en.starts_with(name))
                    .count()
            };
            assert_eq!(
                (n("Tsagaan Sar"), n("Chinggis") + n("Republic")),
                (3, if year == 2030 { 1 } else { 2 }),
                "{year}"
            );
            assert_eq!(n("Naadam"), if year < 2023 { 5 } else { 6 }, "{year}");
        }
    }

    #[test]
    fn a_table_that_cannot_be_read_names_row_and_value() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Calendar::read(text).expect_err(text).to_string(), expected);
        };
        check("date,mn,en\n", "the header is `date,mn,en`; it should be `day,name_mn,name_en`");
        check(
            "day,name_mn,name_en\n2026-13-01,а,a\n",
            "row 2: day `2026-13-01` is not a date such as 2026-07-11",
        );
        check("day,name_mn,name_en\n2026-07-11,а\n", "row 2: 2 columns instead of 3");
        check(
            "day,name_mn,name_en\n2026-07-11,а,a\n2026-07-11,б,b\n",
            "row 3: 2026-07-11 has been named before",
        );
        check("day,name_mn,name_en\n2026-07-11,,a\n", "row 2: the holiday has no name");
        check("day,name_mn,name_en\n", "no holiday in it");
    }
}
