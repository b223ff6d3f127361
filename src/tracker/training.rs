//! Trainings of one organisation: who came, in which form, what they knew before and after.
//!
//! Owns: [`is_of_few`], the one rule by which a training's means are only for the office, in its list, on
//! the card and behind it.
//!
//! Design: what everybody is told leaves trainings of too few people out of the means too. A public mean is
//! then made of what is told training by training, and no difference between two of them, by organisation or
//! by day, holds more than that. To withhold only means of few people in all would not do: the mean of a
//! day less that of the day before is the one training between them.

use super::figure::{Figure, Fold, Member};
use crate::model::audience::Audience;
use crate::model::{Keyed as _, Table, Training, TrainingForm};

/// People that have to stand behind a mean shown to everybody. Fewer: it tells how one of them did.
pub const SCORES_SHOWN_FROM: i64 = 5;

/// What a training measured of its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Before and after: told together or not at all, as one of them and the gain are both of them.
    Scores,
    Satisfaction,
}

/// True where a training measured something, of so few people that only the office may see it. What nobody
/// counted the people of may be of one.
pub fn is_of_few(training: &Training, measured: Measured) -> bool {
    let few = |mean: Option<f64>, n: Option<i64>| mean.is_some() && n.is_none_or(|n| n < SCORES_SHOWN_FROM);
    match measured {
        Measured::Scores => {
            few(training.pre_score_pct, training.n_pre) || few(training.post_score_pct, training.n_post)
        }
        Measured::Satisfaction => few(training.satisfaction_pct, training.n_survey),
    }
}

pub(super) fn figures(trainings: &[&Training], audience: Audience) -> Vec<Figure> {
    let figure = |id, fold, members| Figure::new(id, Table::Training, fold, members);
    let whole = |row: &Training| Member::whole(row.key());
    let people = |id, of: fn(&Training) -> Option<i64>| {
        let known = trainings.iter().filter_map(|row| Some(whole(row).amount(of(row)? as f64)));
        figure(id, Fold::Sum { n_asked: trainings.len() }, known.collect())
    };
    let held = |id, form| {
        let of_form = trainings.iter().filter(|row| row.form == form).map(|row| whole(row));
        figure(id, Fold::Count, of_form.collect())
    };
    let mean = |id, measured, of: &dyn Fn(&Training) -> Option<(f64, i64)>| {
        let (mut told, mut is_any_left_out) = (Vec::new(), false);
        for row in trainings {
            let Some((amount, n)) = of(row).filter(|(_, n)| *n > 0) else { continue };
            if audience == Audience::Public && is_of_few(row, measured) {
                is_any_left_out = true;
            } else {
                told.push(whole(row).amount(amount).weighing(n as f64));
            }
        }
        let is_withheld = told.is_empty() && is_any_left_out;
        Figure { is_withheld, ..figure(id, Fold::WeightedMean, told) }
    };
    let before = mean("score_before", Measured::Scores, &|row| compared(row).map(|scores| scores[0]));
    let after = mean("score_after", Measured::Scores, &|row| compared(row).map(|scores| scores[1]));
    let gain = gain(&before, &after);
    vec![
        figure("trainings", Fold::Count, trainings.iter().map(|row| whole(row)).collect()),
        people("participants", Training::participants),
        people("participants_f", |row| row.participants_f),
        people("participants_m", |row| row.participants_m),
        people("participants_unknown", |row| row.participants_unknown),
        held("form_online", TrainingForm::Online),
        held("form_classroom", TrainingForm::Classroom),
        held("form_hybrid", TrainingForm::Hybrid),
        before,
        after,
        gain,
        mean("satisfaction", Measured::Satisfaction, &|row| row.satisfaction_pct.zip(row.n_survey)),
    ]
}

/// Scores and people before and after, of a training that knows all four: a mean over others would
/// compare different trainings.
fn compared(row: &Training) -> Option<[(f64, i64); 2]> {
    let before = row.pre_score_pct.zip(row.n_pre.filter(|n| *n > 0))?;
    let after = row.post_score_pct.zip(row.n_post.filter(|n| *n > 0))?;
    Some([before, after])
}

/// The difference of the two means, in percentage points. Each training's part in it is what it adds to
/// the mean after less what it adds to the mean before; the parts add up to the difference.
fn gain(before: &Figure, after: &Figure) -> Figure {
    let weights = |figure: &Figure| figure.members.iter().filter_map(|m| m.weight).sum::<f64>();
    let (all_before, all_after) = (weights(before), weights(after));
    let part = |m: &Member, all: f64| m.amount.unwrap_or(0.0) * m.weight.unwrap_or(0.0) / all;
    let parts = before.members.iter().zip(&after.members).map(|(pre, post)| {
        Member::whole(post.key.clone()).amount(part(post, all_after) - part(pre, all_before))
    });
    let parts: Vec<Member> = parts.collect();
    let is_known = !parts.is_empty();
    let gain = Figure::new("score_gain", Table::Training, Fold::Sum { n_asked: parts.len() }, parts);
    Figure { is_withheld: before.is_withheld, ..gain.known_if(is_known) }
}
