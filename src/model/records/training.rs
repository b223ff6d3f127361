//! The pool of trainers, and trainings of any organisation. No person is named.

use jiff::civil::Date;

use super::sum_of_known;
use crate::model::place::words;

/// A member of the resource pool, known here by an id alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trainer {
    pub id: String,
    pub org: String,
    /// Year of the training of trainers.
    pub tot_year: Option<i16>,
    /// Tags separated by spaces, such as `mn en`.
    pub languages: Option<String>,
    pub active: bool,
    pub illustrative: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    pub id: String,
    pub org: String,
    pub title_mn: String,
    pub title_en: Option<String>,
    pub topic: Option<String>,
    pub held_on: Date,
    pub form: TrainingForm,
    pub target_group: Option<String>,
    /// Women, ≥ 0.
    pub participants_f: Option<i64>,
    /// Men, ≥ 0.
    pub participants_m: Option<i64>,
    /// People of whom only their number is known, ≥ 0.
    pub participants_unknown: Option<i64>,
    /// Mean score before, 0 to 100, of `n_pre` people.
    pub pre_score_pct: Option<f64>,
    /// Mean score after, 0 to 100, of `n_post` people.
    pub post_score_pct: Option<f64>,
    pub n_pre: Option<i64>,
    pub n_post: Option<i64>,
    /// 0 to 100, of `n_survey` people.
    pub satisfaction_pct: Option<f64>,
    pub n_survey: Option<i64>,
    /// ₮, ≥ 0.
    pub cost: Option<i64>,
    pub illustrative: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrainingForm {
    Online,
    Classroom,
    Hybrid,
}

impl Training {
    /// Everybody who took part; `None` when nothing of it is known.
    pub fn participants(&self) -> Option<i64> {
        sum_of_known(&[self.participants_f, self.participants_m, self.participants_unknown])
    }
}

words!(TrainingForm { Online = "online", Classroom = "classroom", Hybrid = "hybrid" });
