//! Trainings of one organisation: who came, in which form, what they knew before and after.

use super::figure::{Figure, Fold, Member};
use crate::model::{Keyed as _, Table, Training, TrainingForm};

/// People that have to stand behind a mean shown to everybody. Fewer: it tells how one of them did.
pub const SCORES_SHOWN_FROM: i64 = 5;

/// True where a training's part in the mean `id` is of so few people that only the office may see it.
pub fn is_of_few(training: &Training, id: &str) -> bool {
    let few = |n: Option<i64>| n.is_none_or(|n| n < SCORES_SHOWN_FROM);
    match id {
        "score_before" | "score_after" | "score_gain" => few(training.n_pre) || few(training.n_post),
        "satisfaction" => few(training.n_survey),
        _ => false,
    }
}

/// Takes away the means of so few people that they tell of one of them.
pub(super) fn withhold_few(figures: &mut [Figure]) {
    let is_few = |figure: &Figure| figure.n.is_some_and(|n| (1..SCORES_SHOWN_FROM).contains(&n));
    let scores = ["score_before", "score_after"];
    let few_scores = figures.iter().any(|f| scores.contains(&f.definition.id) && is_few(f));
    for figure in figures {
        let is_withheld = match figure.definition.id {
            "score_before" | "score_after" | "score_gain" => few_scores,
            "satisfaction" => is_few(figure),
            _ => false,
        };
        if is_withheld {
            figure.value = None;
            figure.is_withheld = true;
            figure.members.clear();
        }
    }
}

pub(super) fn figures(trainings: &[&Training]) -> Vec<Figure> {
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
    let mean = |id, of: &dyn Fn(&Training) -> Option<(f64, i64)>| {
        let known = trainings.iter().filter_map(|row| {
            let (amount, n) = of(row).filter(|(_, n)| *n > 0)?;
            Some(whole(row).amount(amount).weighing(n as f64))
        });
        figure(id, Fold::WeightedMean, known.collect())
    };
    let before = mean("score_before", &|row| compared(row).map(|scores| scores[0]));
    let after = mean("score_after", &|row| compared(row).map(|scores| scores[1]));
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
        mean("satisfaction", &|row| row.satisfaction_pct.zip(row.n_survey)),
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
    Figure::new("score_gain", Table::Training, Fold::Sum { n_asked: parts.len() }, parts).known_if(is_known)
}
