//! Times of a day as they are written, and the hours of a day's way.

use super::{Fault, Given, Wrong};
use crate::visits::day::{Minute, Pause, Window};
use crate::visits::outing::Hours;

/// When nobody says: a working day with the way around it.
pub const AWAY: Window = Window { from: 9 * 60, to: 18 * 60 };
pub const LUNCH: Window = Window { from: 12 * 60, to: 14 * 60 };
pub const LUNCH_MINUTES: u16 = 60;
pub const VISIT_MINUTES: u16 = 60;
/// Minutes that a visit, or a rest, may take.
const VISIT_BOUNDS: (u16, u16) = (10, 480);
const LUNCH_BOUNDS: (u16, u16) = (10, 180);
/// Times of a day at which hosts receive.
const WINDOWS_MAX: usize = 3;

pub fn read(given: &Given<'_>, open: &[Window], faults: &mut Vec<Fault>) -> Hours {
    let from = time("start", given.start, AWAY.from, faults);
    let to = time("end", given.end, AWAY.to, faults);
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        faults.push(Fault::new("end", &clock(to), Wrong::Empty { from }));
    }
    let away = Window { from: from.unwrap_or(AWAY.from), to: to.unwrap_or(AWAY.to) };
    let rest = minutes("lunch_minutes", given.lunch_minutes, LUNCH_MINUTES, LUNCH_BOUNDS, faults);
    let pause = pause(given.lunch, rest, faults);
    let open = given.open.map_or_else(
        || open.to_vec(),
        |text| {
            windows(text).unwrap_or_else(|wrong| {
                faults.push(Fault::new("open", text, wrong));
                open.to_vec()
            })
        },
    );
    let visit_minutes = minutes("visit_minutes", given.visit_minutes, VISIT_MINUTES, VISIT_BOUNDS, faults);
    Hours { away, open, visit_minutes, pause }
}

/// `None` where there is a text that cannot be read: it is told once, and nothing follows from the default.
fn time(field: &'static str, text: Option<&str>, default: Minute, faults: &mut Vec<Fault>) -> Option<Minute> {
    let Some(text) = text else { return Some(default) };
    let read = minute(text);
    if read.is_none() {
        faults.push(Fault::new(field, text, Wrong::Time));
    }
    read
}

fn minutes(
    field: &'static str,
    text: Option<&str>,
    default: u16,
    (min, max): (u16, u16),
    faults: &mut Vec<Fault>,
) -> u16 {
    let Some(text) = text else { return default };
    let read = text.parse::<u16>().ok().filter(|n| (min..=max).contains(n));
    read.unwrap_or_else(|| {
        faults.push(Fault::new(field, text, Wrong::Number { min, max }));
        default
    })
}

fn pause(text: Option<&str>, minutes: u16, faults: &mut Vec<Fault>) -> Option<Pause> {
    if text == Some("none") {
        return None;
    }
    let within = text.map_or(LUNCH, |text| {
        window(text).unwrap_or_else(|| {
            faults.push(Fault::new("lunch", text, Wrong::Lunch));
            LUNCH
        })
    });
    if within.to - within.from < minutes {
        let told = format!("{}-{}", clock(within.from), clock(within.to));
        faults.push(Fault::new("lunch", &told, Wrong::ShortLunch { minutes }));
    }
    Some(Pause { within, minutes })
}

/// Times of a day in order, none in another: `09:00-12:00,13:00-17:00`.
pub fn windows(text: &str) -> Result<Vec<Window>, Wrong> {
    let windows: Option<Vec<Window>> = text.split(',').map(|part| window(part.trim())).collect();
    let windows = windows.ok_or(Wrong::Windows)?;
    if windows.len() > WINDOWS_MAX {
        return Err(Wrong::ManyWindows);
    }
    if windows.windows(2).any(|pair| pair[0].to > pair[1].from) {
        return Err(Wrong::MixedWindows);
    }
    Ok(windows)
}

fn window(text: &str) -> Option<Window> {
    let (from, to) = text.split_once('-')?;
    let window = Window { from: minute(from)?, to: minute(to)? };
    (window.from < window.to).then_some(window)
}

/// `09:30` as minutes after midnight; `24:00` is the day's end.
fn minute(text: &str) -> Option<Minute> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(hour) || !is_number(minute) {
        return None;
    }
    let (hour, minute): (Minute, Minute) = (hour.parse().ok()?, minute.parse().ok()?);
    let at = hour * 60 + minute;
    (minute < 60 && at <= 24 * 60).then_some(at)
}

/// `09:30`.
pub fn clock(at: Minute) -> String {
    format!("{:02}:{:02}", at / 60, at % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_day_are_read_to_the_minute_and_in_order() {
        assert_eq!(["00:00", "09:30", "24:00"].map(minute), [Some(0), Some(570), Some(1440)]);
        for text in ["9:30", "24:01", "12:60", "-1:00", "aa:bb", "", "+1:00", "0930", "09:3"] {
            assert_eq!(minute(text), None, "{text}");
        }
        let window = |from, to| Window { from, to };
        assert_eq!(windows("09:00-12:00, 13:00-17:00"), Ok(vec![window(540, 720), window(780, 1020)]));
        for text in ["", "09:00", "17:00-09:00", "09:00-09:00"] {
            assert_eq!(windows(text), Err(Wrong::Windows), "{text}");
        }
        assert_eq!(windows("09:00-12:00,11:00-13:00"), Err(Wrong::MixedWindows));
        let many = "01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00";
        assert_eq!(windows(many), Err(Wrong::ManyWindows));
        assert_eq!(clock(570), "09:30");
    }

    #[test]
    fn every_field_is_read_whatever_is_wrong_with_others() {
        let given = Given {
            start: Some("18:00"),
            end: Some("noon"),
            open: Some("09:00"),
            visit_minutes: Some("many"),
            lunch: Some("12:00-12:30"),
            lunch_minutes: Some("45"),
            ..Given::default()
        };
        let mut faults = Vec::new();
        let office = [Window { from: 540, to: 1020 }];
        let hours = read(&given, &office, &mut faults);
        let told: Vec<_> = faults.iter().map(|fault| (fault.field, &*fault.value)).collect();
        let expected =
            [("end", "noon"), ("lunch", "12:00-12:30"), ("open", "09:00"), ("visit_minutes", "many")];
        assert_eq!(told, expected);
        assert_eq!((hours.visit_minutes, hours.open), (VISIT_MINUTES, office.to_vec()));
    }

    #[test]
    fn a_day_that_ends_before_it_starts_is_told_if_both_ends_can_be_read() {
        let told = |start, end| {
            let mut faults = Vec::new();
            read(&Given { start, end, ..Given::default() }, &[], &mut faults);
            faults.into_iter().map(|fault| (fault.field, fault.value.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(Some("18:00"), None), [("end", "18:00".to_owned())]);
        assert_eq!(told(Some("17:00"), Some("09:00")), [("end", "09:00".to_owned())]);
        assert_eq!(told(Some("early"), Some("08:00")), [("start", "early".to_owned())]);
        assert!(told(Some("08:00"), Some("18:00")).is_empty());
    }
}
