//! What a plan is asked for: parameters of a link, or a JSON body with the same fields.
//!
//! Both become [`PlanBody`], and that an [`Order`](crate::visits::month::Order) with nothing left to default, so that a
//! link and a body that ask the same get the same bytes. Pages read their forms as links.
//!
//! Owns: how fields are written, in and out. Leaves to [`order`](mod@order) defaults, bounds and what makes no sense.

mod order;

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use order::{CAPACITY, GROUP, VISITS};
pub use order::{Office, working_days};

use crate::http::params::shortened;
use crate::visits::fault::{Fault, Why};
use crate::visits::month::Order;

/// Parameters of a plan's link; lists have commas between.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanParams {
    /// Codes of visiting khoroos; together with those of `district` and `needs` 1 to 300. Without any of the three
    /// all khoroos of the city.
    #[param(example = "bzd-1,bzd-2")]
    visitors: Option<String>,
    /// Codes of districts all of whose khoroos are visitors; `all` for the city.
    #[param(example = "bzd")]
    district: Option<String>,
    /// Themes: every visitor wants one practice in each. `any`: as many practices of any theme as it may make
    /// visits; so it is for everybody where neither themes nor needs are given. The internal listener then takes
    /// the open needs on record.
    #[param(example = "waste,green")]
    themes: Option<String>,
    /// What single khoroos want: `bzd-1:waste`, or with urgency 1 to 3 `bzd-1:waste:3`. A khoroo named here
    /// wants this alone.
    needs: Option<String>,
    /// First day of the period; today if not given.
    #[param(example = "2023-05-01")]
    from: Option<String>,
    /// Last day of the period; 30 days after the first if not given.
    #[param(example = "2023-05-31")]
    to: Option<String>,
    /// Visits of one visitor at most, 1 to 5; 1 if not given. All visits times all pairs of visitor and practice are
    /// at most 100 000 000.
    visits: Option<String>,
    /// Visits at one host at most in the period, 1 to 100; 2 if not given. On the internal listener no offer and
    /// no host gets more than its open offers leave in each quarter, also if this is given; visits on site and online
    /// get no more than the offers that take such visits.
    capacity: Option<String>,
    /// People of one visiting khoroo, 1 to 200; without `mode` a group too large on site may come online. What hosts can take is known to the internal listener alone.
    group: Option<String>,
    /// `face_to_face`, `virtual` or `hybrid`; without it on site where offer, group and way allow, else online.
    mode: Option<String>,
    /// What a host's second visit costs in score, 0 to 1; its third twice that, and so on. 0.05 if not given.
    fairness: Option<String>,
    /// Visits decided by hand, as visitor and practice: `bzd-1:p-2022-003`. The plan is made around them, and the
    /// answer says what they change.
    fixed: Option<String>,
    /// Vintage: `2022`, `current` (valid today); the one in force today if not given.
    vintage: Option<String>,
    /// `json` (the default) or `xlsx`, a workbook.
    pub f: Option<String>,
    /// Language of the workbook: `mn` or `en`; by `Accept-Language` if not given. JSON has both.
    pub lang: Option<String>,
}

/// What is to be planned; the fields are those of the link.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PlanBody {
    #[schema(example = json!(["bzd-1", "bzd-2"]))]
    visitors: Vec<String>,
    /// Codes of districts, or `all` alone.
    #[schema(example = json!([]))]
    district: Vec<String>,
    /// Codes of themes, or `any` alone.
    #[schema(example = json!(["waste"]))]
    themes: Vec<String>,
    needs: Vec<NeedBody>,
    #[schema(example = "2023-05-01")]
    from: Option<String>,
    #[schema(example = "2023-05-31")]
    to: Option<String>,
    #[schema(example = 1)]
    visits: Option<u64>,
    #[schema(example = 2)]
    capacity: Option<u64>,
    group: Option<u64>,
    mode: Option<String>,
    #[schema(example = 0.05)]
    fairness: Option<f64>,
    fixed: Vec<FixedBody>,
    vintage: Option<String>,
}

/// What one khoroo wants to learn.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedBody {
    #[schema(example = "bzd-1")]
    khoroo: String,
    #[schema(example = "waste")]
    theme: String,
    /// 1, can wait, to 3, cannot.
    #[serde(default)]
    urgency: Option<u64>,
}

/// A visit decided by hand.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedBody {
    #[schema(example = "bzd-1")]
    visitor: String,
    /// Id of the practice.
    #[schema(example = "p-2022-003")]
    practice: String,
}

/// Names of the parameters that say what is planned.
pub const FIELDS: [&str; 13] = [
    "visitors", "district", "themes", "needs", "from", "to", "visits", "capacity", "group", "mode",
    "fairness", "fixed", "vintage",
];

impl PlanParams {
    /// - `value`: of a parameter, by its name.
    pub fn with(value: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            visitors: value("visitors"),
            district: value("district"),
            themes: value("themes"),
            needs: value("needs"),
            from: value("from"),
            to: value("to"),
            visits: value("visits"),
            capacity: value("capacity"),
            group: value("group"),
            mode: value("mode"),
            fairness: value("fairness"),
            fixed: value("fixed"),
            vintage: value("vintage"),
            f: None,
            lang: None,
        }
    }

    /// What can be read of it, and what cannot.
    pub fn body(self) -> (PlanBody, Vec<Fault>) {
        let mut faults = Vec::new();
        let needs =
            list(self.needs.as_deref()).map(need).filter_map(|read| keep(read, &mut faults)).collect();
        let fixed =
            list(self.fixed.as_deref()).map(fixed).filter_map(|read| keep(read, &mut faults)).collect();
        let mut whole = |field, text: Option<String>, bounds| {
            keep(whole(field, text.as_deref(), bounds), &mut faults).flatten()
        };
        let visits = whole("visits", self.visits, VISITS);
        let capacity = whole("capacity", self.capacity, CAPACITY);
        let group = whole("group", self.group, GROUP);
        let part = |text: &String| text.parse().map_err(|_| fault("fairness", text, Why::Part));
        let fairness = keep(self.fairness.as_ref().map(part).transpose(), &mut faults).flatten();
        let named = |text: Option<&str>| list(text).map(str::to_owned).collect();
        let body = PlanBody {
            visitors: named(self.visitors.as_deref()),
            district: named(self.district.as_deref()),
            themes: named(self.themes.as_deref()),
            needs,
            from: self.from,
            to: self.to,
            visits,
            capacity,
            group,
            mode: self.mode,
            fairness,
            fixed,
            vintage: self.vintage,
        };
        (body, faults)
    }
}

impl PlanBody {
    pub fn vintage(&self) -> Option<&str> {
        self.vintage.as_deref()
    }

    /// True where the visitors are not said, so that all khoroos of the city are.
    pub fn names_nobody(&self) -> bool {
        self.visitors.is_empty() && self.district.is_empty() && self.needs.is_empty()
    }

    /// The parameters of a link to the same plan for ever: with its period, and without what is not said.
    pub fn link(&self, order: &Order) -> Vec<(&'static str, String)> {
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        let list = |items: Vec<String>| Some(items.join(",")).filter(|list| !list.is_empty());
        let needs = self.needs.iter().map(NeedBody::link).collect();
        let fixed = self.fixed.iter().map(|fixed| format!("{}:{}", fixed.visitor, fixed.practice)).collect();
        let values = [
            list(self.visitors.clone()),
            list(self.district.clone()),
            list(self.themes.clone()),
            list(needs),
            Some(order.from.to_string()),
            Some(order.to.to_string()),
            number(self.visits),
            number(self.capacity),
            number(self.group),
            self.mode.clone(),
            self.fairness.map(|part| part.to_string()),
            list(fixed),
            self.vintage.clone(),
        ];
        FIELDS.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// With another visit decided by hand.
    ///
    /// - `instead_of`: a practice of the same visitor, which is decided no longer.
    pub fn decide(&mut self, visitor: &str, practice: &str, instead_of: Option<&str>) {
        if let Some(instead_of) = instead_of {
            self.release(visitor, instead_of);
        }
        self.release(visitor, practice);
        self.fixed.push(FixedBody { visitor: visitor.to_owned(), practice: practice.to_owned() });
    }

    pub fn release(&mut self, visitor: &str, practice: &str) {
        self.fixed.retain(|fixed| fixed.visitor != visitor || fixed.practice != practice);
    }
}

impl NeedBody {
    fn link(&self) -> String {
        let urgency = self.urgency.map(|urgency| format!(":{urgency}")).unwrap_or_default();
        format!("{}:{}{urgency}", self.khoroo, self.theme)
    }
}

/// What was read; a fault is noted.
fn keep<T>(read: Result<T, Fault>, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|fault| faults.push(fault)).ok()
}

pub fn fault(field: &'static str, given: &str, why: Why) -> Fault {
    Fault { field, given: shortened(given), why }
}

fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.into_iter().flat_map(|text| text.split(',')).map(str::trim)
}

fn whole(field: &'static str, text: Option<&str>, (min, max): (u64, u64)) -> Result<Option<u64>, Fault> {
    let read = |text: &str| text.parse().map_err(|_| fault(field, text, Why::Whole { min, max }));
    text.map(read).transpose()
}

fn need(text: &str) -> Result<NeedBody, Fault> {
    let refused = || fault("needs", text, Why::NeedForm);
    let mut parts = text.split(':');
    let (Some(khoroo), Some(theme), urgency, None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refused());
    };
    let urgency = urgency.map(|text| text.parse().map_err(|_| refused())).transpose()?;
    Ok(NeedBody { khoroo: khoroo.to_owned(), theme: theme.to_owned(), urgency })
}

fn fixed(text: &str) -> Result<FixedBody, Fault> {
    let parts = text.split_once(':').filter(|(_, practice)| !practice.is_empty());
    let (visitor, practice) = parts.ok_or_else(|| fault("fixed", text, Why::PairForm))?;
    Ok(FixedBody { visitor: visitor.to_owned(), practice: practice.to_owned() })
}
