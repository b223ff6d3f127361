//! Itineraries against every order of every set of stops.

use super::*;
use crate::draws::Draws;

fn window(from: u16, to: u16) -> Window {
    Window { from, to }
}

/// Both may come.
fn between(draws: &mut Draws, from: u16, to: u16) -> u16 {
    from + draws.below(u32::from(to - from) + 1) as u16
}

/// Ways need not be the same there and back, nor shorter directly.
fn drawn(seed: u64, n: usize) -> Day {
    let mut draws = Draws::new(seed, 0);
    let stops = (0..n)
        .map(|_| {
            let (from, to) = (between(&mut draws, 480, 720), between(&mut draws, 700, 1020));
            let open = if draws.below(2) == 0 {
                vec![window(from, to.max(from))]
            } else {
                vec![window(from, 720), window(780, to.max(780))]
            };
            Stop { open, minutes: between(&mut draws, 20, 90), worth: 1 + draws.below(3) }
        })
        .collect();
    let minutes = (0..=n).map(|_| (0..=n).map(|_| between(&mut draws, 5, 80)).collect()).collect();
    let begin = between(&mut draws, 480, 800);
    let pause = (draws.below(3) > 0)
        .then(|| Pause { within: window(690, 840), minutes: between(&mut draws, 30, 60) });
    Day { away: window(begin, begin + between(&mut draws, 120, 480)), pause, stops, minutes }
}

/// (worth, travel, back at) of the best way, by trying every order and every place of the pause.
fn best(day: &Day) -> Option<(u32, u16, u16)> {
    struct At {
        time: u16,
        place: usize,
        rested: bool,
        travel: u16,
        worth: u32,
    }
    fn better(a: Option<(u32, u16, u16)>, b: Option<(u32, u16, u16)>) -> Option<(u32, u16, u16)> {
        [a, b]
            .into_iter()
            .flatten()
            .min_by_key(|&(worth, travel, back)| (std::cmp::Reverse(worth), travel, back))
    }
    fn rest(day: &Day, time: u16) -> Option<u16> {
        let pause = day.pause?;
        let end = time.max(pause.within.from) + pause.minutes;
        (end <= pause.within.to).then_some(end)
    }
    fn go(day: &Day, at: &At, left: &[usize]) -> Option<(u32, u16, u16)> {
        let mut found = None;
        let late = |time: u16| day.pause.is_none_or(|pause| time + pause.minutes > pause.within.to);
        if at.place > 0 {
            for leaves in [Some((at.time, at.rested)), rest(day, at.time).map(|time| (time, true))] {
                let Some((time, rested)) = leaves else { continue };
                let back = time + day.minutes[at.place][0];
                if back <= day.away.to && (rested || rest(day, back).is_some()) {
                    found = better(found, Some((at.worth, at.travel + day.minutes[at.place][0], back)));
                }
            }
        }
        for (idx, &stop) in left.iter().enumerate() {
            let leg = day.minutes[at.place][stop + 1];
            let rested = at.rested || at.place == 0 && late(at.time);
            let mut arrivals = vec![(at.time + leg, rested)];
            if !rested {
                arrivals.extend(rest(day, at.time).map(|time| (time + leg, true)));
                arrivals.extend(rest(day, at.time + leg).map(|time| (time, true)));
            }
            for (arrival, rested) in arrivals {
                let of = &day.stops[stop];
                let begin = of
                    .open
                    .iter()
                    .map(|open| (arrival.max(open.from), open.to))
                    .find(|(begin, to)| begin + of.minutes <= *to);
                let Some((begin, _)) = begin else { continue };
                let next = At {
                    time: begin + of.minutes,
                    place: stop + 1,
                    rested,
                    travel: at.travel + leg,
                    worth: at.worth + of.worth,
                };
                let mut left = left.to_vec();
                left.remove(idx);
                found = better(found, go(day, &next, &left));
            }
        }
        found
    }
    let start = At { time: day.away.from, place: 0, rested: false, travel: 0, worth: 0 };
    go(day, &start, &(0..day.stops.len()).collect::<Vec<_>>())
}

/// Every rule of a day, on an itinerary as it is told.
fn assert_possible(day: &Day, itinerary: &Itinerary, name: &str) {
    let (mut time, mut place, mut travel) = (itinerary.leaves_at, 0, 0);
    assert!(
        itinerary.leaves_at >= day.away.from && itinerary.back_at <= day.away.to,
        "{name}: {itinerary:?}"
    );
    let rest = itinerary.pause_at.zip(day.pause).map(|(at, pause)| window(at, at + pause.minutes));
    if let Some((rest, pause)) = rest.zip(day.pause) {
        assert!(rest.from >= pause.within.from && rest.to <= pause.within.to, "{name}: {itinerary:?}");
    }
    let mut is_rested = false;
    for call in &itinerary.calls {
        let leg = day.minutes[place][call.stop + 1];
        assert_eq!(call.travel_minutes, leg, "{name}");
        // The way takes its time, the pause too, before it or after it.
        let slack = call.begins_at - time;
        let lies_here = rest.is_some_and(|rest| rest.from >= time && rest.to <= call.begins_at);
        let needed = leg + if lies_here { day.pause.map_or(0, |pause| pause.minutes) } else { 0 };
        assert!(slack >= needed && call.arrives_at >= time + leg, "{name}: {itinerary:?}");
        assert!(
            call.arrives_at <= call.begins_at
                && call.ends_at == call.begins_at + day.stops[call.stop].minutes
        );
        let is_open = |open: &Window| open.from <= call.begins_at && call.ends_at <= open.to;
        assert!(day.stops[call.stop].open.iter().any(is_open), "{name}: {itinerary:?}");
        assert!(rest.is_none_or(|rest| rest.to <= call.begins_at || rest.from >= call.ends_at), "{name}");
        is_rested |= lies_here;
        (time, place, travel) = (call.ends_at, call.stop + 1, travel + leg);
    }
    if place > 0 {
        let after = rest.is_some_and(|rest| rest.from >= time);
        assert_eq!(itinerary.travel_minutes, travel + day.minutes[place][0], "{name}");
        assert!(itinerary.back_at >= time + day.minutes[place][0], "{name}");
        let pause = day.pause.map_or(0, |pause| pause.minutes);
        let spans = day.pause.is_some_and(|pause| {
            day.away.from + pause.minutes <= pause.within.to && day.rest(itinerary.back_at).is_none()
        });
        let at_home = day.rest(day.away.from).is_some_and(|end| end <= itinerary.leaves_at);
        assert!(
            !spans
                || at_home
                || is_rested
                || after && itinerary.back_at >= time + day.minutes[place][0] + pause,
            "{name}"
        );
    }
}

/// Leaving later would be too late for the first visit, or for a rest before it that home has no time for.
fn assert_leaves_late(day: &Day, itinerary: &Itinerary, name: &str) {
    let Some(first) = itinerary.calls.first() else { return };
    let on_time = first.begins_at - first.travel_minutes;
    let rest = itinerary.pause_at.filter(|at| *at < first.begins_at).zip(day.pause);
    if let Some((at, pause)) = rest {
        assert!(day.rest(day.away.from).is_none_or(|end| end > on_time), "{name}: {itinerary:?}");
        let end = at + pause.minutes;
        assert!(end == first.begins_at || end == pause.within.to, "{name}: {itinerary:?}");
        assert_eq!((itinerary.leaves_at, first.arrives_at), (at - first.travel_minutes, at), "{name}");
    } else {
        assert_eq!((itinerary.leaves_at, first.arrives_at), (on_time, first.begins_at), "{name}");
    }
}

#[test]
fn an_itinerary_is_as_good_as_the_best_of_all_possible_ones() {
    let (mut whole, mut partial, mut none) = (0, 0, 0);
    for seed in 1..=400 {
        let day = drawn(seed, 1 + seed as usize % 6);
        let itinerary = day.itinerary().expect("a day that is asked well");
        assert_possible(&day, &itinerary, &format!("seed {seed}"));
        assert_leaves_late(&day, &itinerary, &format!("seed {seed}"));
        let worth = itinerary.calls.iter().map(|call| day.stops[call.stop].worth).sum();
        let found =
            (!itinerary.calls.is_empty()).then_some((worth, itinerary.travel_minutes, itinerary.back_at));
        assert_eq!(found, best(&day), "seed {seed}: {day:?}\n{itinerary:?}");
        assert_eq!(itinerary.calls.len() + itinerary.left_out.len(), day.stops.len());
        match (itinerary.calls.len(), itinerary.left_out.len()) {
            (_, 0) => whole += 1,
            (0, _) => none += 1,
            _ => partial += 1,
        }
    }
    assert!(
        whole > 50 && partial > 50 && none > 5,
        "{whole} whole, {partial} partial, {none} without a stop"
    );
}

#[test]
fn twelve_stops_are_put_in_order_and_thirteen_are_refused() {
    let of = |n: usize| {
        let stop = Stop { open: vec![window(0, 1_440)], minutes: 10, worth: 1 };
        // Places on a line, given in another order.
        let at = |place: usize| (place * 5 % 13) as i32;
        let minutes =
            (0..=n).map(|a| (0..=n).map(|b| (at(a) - at(b)).unsigned_abs() as u16).collect()).collect();
        Day { away: window(480, 1_080), pause: None, stops: vec![stop; n], minutes }
    };
    let itinerary = of(12).itinerary().expect("as many as allowed");
    assert_eq!((itinerary.calls.len(), itinerary.travel_minutes), (12, 24));
    assert_eq!(of(13).itinerary(), Err(DayError::TooManyStops(13)));
}

#[test]
fn the_way_begins_no_earlier_than_the_first_door_opens() {
    let day = Day {
        away: window(480, 1_080),
        pause: Some(Pause { within: window(720, 840), minutes: 60 }),
        stops: vec![Stop { open: vec![window(600, 720), window(780, 1_020)], minutes: 60, worth: 1 }; 2],
        minutes: vec![vec![0, 30, 40], vec![30, 0, 20], vec![40, 20, 0]],
    };
    let itinerary = day.itinerary().expect("a usual day");
    let times: Vec<_> =
        itinerary.calls.iter().map(|call| (call.stop, call.begins_at, call.ends_at)).collect();
    // Either order is as long; this one is back ten minutes earlier.
    assert_eq!((itinerary.leaves_at, times), (560, vec![(1, 600, 660), (0, 780, 840)]));
    assert_eq!((itinerary.pause_at, itinerary.back_at, itinerary.travel_minutes), (Some(720), 870, 90));
}

#[test]
fn before_a_door_that_opens_after_noon_people_rest_at_home_if_there_is_time() {
    // Opens at; left at, rest on the way at, arrived at, begun at.
    for (opens, expected) in [(840, (810, None, 840, 840)), (780, (690, Some(720), 720, 780))] {
        let day = Day {
            away: window(540, 1_080),
            pause: Some(Pause { within: window(720, 840), minutes: 60 }),
            stops: vec![Stop { open: vec![window(opens, 1_020)], minutes: 60, worth: 1 }],
            minutes: vec![vec![0, 30], vec![30, 0]],
        };
        let found = day.itinerary().expect("a usual day");
        let first = found.calls[0];
        assert_eq!((found.leaves_at, found.pause_at, first.arrives_at, first.begins_at), expected);
        assert_eq!(found.back_at, first.begins_at + 90);
    }
}

#[test]
fn a_stop_that_is_shut_that_day_is_told_from_one_for_which_time_is_short() {
    let stop = |open: Vec<Window>| Stop { open, minutes: 100, worth: 1 };
    let day = Day {
        away: window(480, 660),
        pause: None,
        stops: vec![stop(Vec::new()), stop(vec![window(480, 1_020)]), stop(vec![window(480, 1_020)])],
        minutes: vec![vec![20; 4]; 4],
    };
    let itinerary = day.itinerary().expect("a day that is asked well");
    assert_eq!(itinerary.calls.len(), 1);
    let why: Vec<_> = itinerary.left_out.iter().map(|left| (left.stop, left.why)).collect();
    assert_eq!(why, [(0, Why::NotAlone), (2, Why::NoTime)]);
}

#[test]
fn a_day_that_is_asked_badly_is_refused() {
    let day = Day { away: window(600, 600), pause: None, stops: Vec::new(), minutes: vec![vec![0]] };
    assert_eq!(day.itinerary(), Err(DayError::NoDay { from: 600, to: 600 }));
    let day = Day { away: window(600, 700), minutes: vec![vec![0, 1]], ..day };
    assert_eq!(day.itinerary(), Err(DayError::Table(1)));
}
