//! From fields to an order: defaults, bounds, and which combination makes no sense.
//!
//! Every field is read, so that a form can be told of all its faults at once; of a list the first fault is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Span;
use jiff::civil::Date;

use super::{FixedBody, PlanBody, fault, keep};
use crate::http::filters::CODES_MAX;
use crate::http::{World, select};
use crate::model::audience::Audience;
use crate::model::{DistrictCode, KhorooCode, Mode};
use crate::partners::{Roster, Wish};
use crate::snapshot::VintageView;
use crate::visits::calendar::Calendar;
use crate::visits::fault::{Fault, Why};
use crate::visits::month::{Fixed, Guest, Order, Quarter, Wishes};

/// Visitors of one plan. Too low: a large district does not fit. Too high: one question takes seconds.
pub const VISITORS_MAX: usize = 300;
/// Items of the other lists: what so many visitors could want or have decided.
const ITEMS_MAX: usize = VISITORS_MAX * 12;
/// Visits of one visitor.
pub const VISITS: (u64, u64) = (1, 5);
pub const CAPACITY: (u64, u64) = (1, 100);
/// People of one visitor: no khoroo sends more.
pub const GROUP: (u64, u64) = (1, 200);
/// Days of a period: a year.
const PERIOD_DAYS_MAX: i32 = 366;
/// Days planned where nobody says until when.
const PERIOD_DAYS: i64 = 30;
/// What a host's second visit costs in score: less than half of what one step of urgency counts.
const FAIRNESS: f64 = 0.05;

/// Who answers, and from what.
pub struct Office<'a> {
    pub world: &'a World,
    pub view: &'a VintageView,
    pub roster: &'a Roster,
    pub calendar: &'a Calendar,
    pub audience: Audience,
}

impl PlanBody {
    /// The order. Errors name field and value, in the order of the fields.
    pub fn order(&self, office: &Office<'_>) -> Result<Order, Vec<Fault>> {
        self.bound_lists().map_err(|fault| vec![fault])?;
        let mut faults = Vec::new();
        let period = keep(self.period(office.calendar), &mut faults);
        let guests = self.guests(office, &mut faults);
        let fairness = self.fairness.unwrap_or(FAIRNESS);
        if !(0.0..=1.0).contains(&fairness) {
            faults.push(fault("fairness", &fairness.to_string(), Why::Part));
        }
        let mut number = |field, value, bounds| {
            keep(within(field, value, bounds), &mut faults).flatten().map(|number| number as u32)
        };
        let visits = number("visits", self.visits, VISITS).unwrap_or(1);
        let capacity = number("capacity", self.capacity, CAPACITY);
        let group = number("group", self.group, GROUP).map(i64::from);
        let mode = keep(mode(self.mode.as_deref()), &mut faults).flatten();
        let fixed = self.fixed.iter().map(|fixed| fixed.found(office)).collect::<Result<Vec<_>, _>>();
        let fixed = keep(fixed, &mut faults);
        let snapshot = &office.world.snapshot;
        let vintage = snapshot.vintages.iter().position(|own| own.vintage.id == office.view.vintage.id);
        let vintage = vintage.expect("the vintage is the snapshot's");
        match (period, guests, fixed) {
            (Some((from, to)), Some(guests), Some(fixed)) if faults.is_empty() => Ok(Order {
                vintage,
                guests,
                from,
                to,
                quarters: quarters(office.calendar, from, to),
                visits,
                capacity,
                group,
                mode,
                fairness,
                fixed,
                audience: office.audience,
            }),
            _ => Err(faults),
        }
    }

    /// What a list costs is bounded before anything of it is looked up.
    fn bound_lists(&self) -> Result<(), Fault> {
        for (field, n_items, most) in [
            ("visitors", self.visitors.len(), VISITORS_MAX),
            ("district", self.district.len(), CODES_MAX),
            ("themes", self.themes.len(), CODES_MAX),
            ("needs", self.needs.len(), ITEMS_MAX),
            ("fixed", self.fixed.len(), ITEMS_MAX),
        ] {
            if n_items > most {
                return Err(fault(field, &format!("{n_items} items"), Why::TooMany { most }));
            }
        }
        Ok(())
    }

    /// First and last day; a day in it is one on which offices are open.
    fn period(&self, calendar: &Calendar) -> Result<(Date, Date), Fault> {
        let from = planned("from", self.from.as_deref())?.unwrap_or_else(select::today);
        let to = planned("to", self.to.as_deref())?;
        let to = to.unwrap_or_else(|| from.saturating_add(Span::new().days(PERIOD_DAYS)));
        let refused = |why| Err(fault("to", &to.to_string(), why));
        if to < from {
            return refused(Why::EmptyPeriod { from });
        }
        if (to - from).get_days() >= PERIOD_DAYS_MAX {
            return refused(Why::LongPeriod { most_days: PERIOD_DAYS_MAX });
        }
        if working_days(calendar, from, to) == 0 {
            return refused(Why::Shut { from });
        }
        Ok((from, to))
    }

    /// Visitors in the city's order.
    fn guests(&self, office: &Office<'_>, faults: &mut Vec<Fault>) -> Option<Vec<Guest>> {
        let n_faults = faults.len();
        let named = keep(self.named(office), faults);
        let of_districts = keep(self.of_districts(office), faults);
        let needs = keep(self.wishes(office), faults);
        let of_all = keep(self.wishes_of_all(office), faults);
        let (mut named, needs, of_all) = (named?, needs?, of_all?);
        named.extend(of_districts?);
        named.extend(needs.keys());
        if self.names_nobody() {
            named.extend(0..office.view.geography.khoroos.len());
        }
        if named.len() > VISITORS_MAX {
            let why = Why::TooManyVisitors { most: VISITORS_MAX };
            faults.push(fault("visitors", &named.len().to_string(), why));
        }
        let guest = |khoroo: usize| Guest {
            khoroo,
            wishes: needs.get(&khoroo).map_or_else(|| of_all.clone(), |own| Wishes::Of(own.clone())),
        };
        (faults.len() == n_faults).then(|| named.into_iter().map(guest).collect())
    }

    fn named(&self, office: &Office<'_>) -> Result<BTreeSet<usize>, Fault> {
        let mut named = BTreeSet::new();
        for code in &self.visitors {
            if !named.insert(khoroo("visitors", code, office)?) {
                return Err(fault("visitors", code, Why::Twice));
            }
        }
        Ok(named)
    }

    fn of_districts(&self, office: &Office<'_>) -> Result<BTreeSet<usize>, Fault> {
        let geography = &office.view.geography;
        let mut named = BTreeSet::new();
        for code in &self.district {
            named.extend(match code.as_str() {
                "all" => 0..geography.khoroos.len(),
                code => geography.khoroos_of(district(code, office)?),
            });
        }
        Ok(named)
    }

    /// What visitors want of whom `needs` says nothing.
    fn wishes_of_all(&self, office: &Office<'_>) -> Result<Wishes, Fault> {
        if self.themes.iter().any(|theme| theme == "any") {
            let others = self.themes.iter().find(|theme| *theme != "any");
            return others.map_or(Ok(Wishes::Any), |other| Err(fault("themes", other, Why::AnyAlone)));
        }
        if self.themes.is_empty() {
            let on_record = office.audience == Audience::Internal && self.needs.is_empty();
            return Ok(if on_record { Wishes::OnRecord } else { Wishes::Any });
        }
        let mut themes = BTreeSet::new();
        for code in &self.themes {
            themes.insert(theme("themes", code, office)?);
        }
        Ok(Wishes::Of(themes.into_iter().map(|theme| Wish { theme, urgency: None }).collect()))
    }

    /// Of `needs`, by khoroo.
    fn wishes(&self, office: &Office<'_>) -> Result<BTreeMap<usize, Vec<Wish>>, Fault> {
        let mut wishes: BTreeMap<usize, Vec<Wish>> = BTreeMap::new();
        for need in &self.needs {
            let theme = theme("needs", &need.theme, office)?;
            let urgency = within("needs", need.urgency, (1, 3))?.map(|urgency| urgency as i16);
            let own = wishes.entry(khoroo("needs", &need.khoroo, office)?).or_default();
            if own.iter().any(|before| before.theme == theme) {
                return Err(fault("needs", &format!("{}:{}", need.khoroo, need.theme), Why::Twice));
            }
            own.push(Wish { theme, urgency });
        }
        Ok(wishes)
    }
}

impl FixedBody {
    fn found(&self, office: &Office<'_>) -> Result<Fixed, Fault> {
        let snapshot = &office.world.snapshot;
        let public = snapshot.public_practice(&self.practice);
        let practice = public.and_then(|practice| {
            let practices = &snapshot.records.practices;
            practices.iter().position(|own| own.id == practice.id)
        });
        let practice = practice.ok_or_else(|| fault("fixed", &self.practice, Why::NoPractice))?;
        Ok(Fixed { khoroo: khoroo("fixed", &self.visitor, office)?, practice })
    }
}

/// Days on which offices are open; of years that the table does not tell of, all but weekends.
pub fn working_days(calendar: &Calendar, from: Date, to: Date) -> usize {
    let days = from.series(Span::new().days(1)).take_while(|day| *day <= to).take(PERIOD_DAYS_MAX as usize);
    days.filter(|day| calendar.is_working(*day)).count()
}

/// Parts of a period by quarter, those with a day on which offices are open.
fn quarters(calendar: &Calendar, from: Date, to: Date) -> Vec<Quarter> {
    Quarter::of(from, to).filter(|part| working_days(calendar, part.from, part.to) > 0).collect()
}

/// A khoroo of the vintage; an error says which vintages have the code.
fn khoroo(field: &'static str, text: &str, office: &Office<'_>) -> Result<usize, Fault> {
    let code: KhorooCode = text.parse().map_err(|_| fault(field, text, Why::NoCode))?;
    let found = office.view.khoroo(&office.world.snapshot, &code);
    found.map_err(|error| fault(field, text, Why::NoKhoroo(Box::new(error))))
}

fn district(text: &str, office: &Office<'_>) -> Result<usize, Fault> {
    let geography = &office.view.geography;
    let code = text.parse::<DistrictCode>().ok();
    code.and_then(|code| geography.district_idx(&code)).ok_or_else(|| {
        let known = geography.districts.iter().map(|district| district.code.clone()).collect();
        fault("district", text, Why::NoDistrict { vintage: office.view.vintage.id.to_string(), known })
    })
}

fn theme(field: &'static str, code: &str, office: &Office<'_>) -> Result<u32, Fault> {
    office.roster.theme(code).ok_or_else(|| {
        let themes = &office.world.snapshot.records.themes;
        fault(field, code, Why::NoTheme { known: themes.iter().map(|theme| theme.code.clone()).collect() })
    })
}

fn within(field: &'static str, value: Option<u64>, (min, max): (u64, u64)) -> Result<Option<u64>, Fault> {
    match value {
        Some(n) if !(min..=max).contains(&n) => Err(fault(field, &n.to_string(), Why::Whole { min, max })),
        value => Ok(value),
    }
}

fn mode(text: Option<&str>) -> Result<Option<Mode>, Fault> {
    let modes = [Mode::FaceToFace, Mode::Virtual, Mode::Hybrid];
    let Some(text) = text else { return Ok(None) };
    modes.into_iter().find(|mode| mode.word() == text).map(Some).ok_or_else(|| {
        fault("mode", text, Why::NoMode { known: modes.map(|mode| mode.word().to_owned()).to_vec() })
    })
}

/// Days of years that people plan for.
fn planned(field: &'static str, text: Option<&str>) -> Result<Option<Date>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let on: Date = text.parse().map_err(|_| fault(field, text, Why::Day))?;
    if (1900..=2200).contains(&on.year()) { Ok(Some(on)) } else { Err(fault(field, text, Why::Year)) }
}
