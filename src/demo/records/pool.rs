//! The pool of trainers, known by ids alone, and trainings of more than one programme.
//!
//! Sizes are shaped after what is published of the pool (34 trained in 2019, 17 in 2021) and of trainings
//! (about 22 people each, seven of ten women, scores from 46 to 76); the rows are invented.

use jiff::civil::{Date, date};

use super::Scene;
use super::calendar::{Season, day_in};
use super::draw::money;
use crate::demo::random::Random;
use crate::model::{Records, Trainer, Training, TrainingForm};

/// Year of the training of trainers, how many.
const TRAINERS: [(i16, usize); 2] = [(2019, 34), (2021, 17)];
const HRDC: &str = "HRDC";
const OTHERS: &str = "Төрийн албаны бусад хөтөлбөр (зохиомол) · Other civil-service programme (invented)";

struct Programme {
    key: &'static str,
    org: &'static str,
    title_mn: &'static str,
    title_en: &'static str,
    topic: &'static str,
    target_group: &'static str,
    n: usize,
    /// Of a hundred participants.
    women_pct: (usize, usize),
}

const PROGRAMMES: [Programme; 8] = [
    Programme {
        key: "hlp",
        org: HRDC,
        title_mn: "Харилцан суралцах арга зүй",
        title_en: "Horizontal learning method",
        topic: "hlp",
        target_group: "Хорооны ажилтан",
        n: 26,
        women_pct: (60, 80),
    },
    Programme {
        key: "induction",
        org: HRDC,
        title_mn: "Шинэ ажилтны чиглүүлэх сургалт",
        title_en: "Induction of new employees",
        topic: "induction",
        target_group: "Шинэ албан хаагч",
        n: 14,
        women_pct: (55, 80),
    },
    Programme {
        key: "eservice",
        org: HRDC,
        title_mn: "Цахим үйлчилгээ үзүүлэх нь",
        title_en: "Offering services online",
        topic: "eservice",
        target_group: "Хорооны ажилтан",
        n: 16,
        women_pct: (60, 82),
    },
    Programme {
        key: "participation",
        org: HRDC,
        title_mn: "Иргэдийн оролцоог нэмэгдүүлэх нь",
        title_en: "Residents' participation",
        topic: "participation",
        target_group: "Хэсгийн ахлагч",
        n: 10,
        women_pct: (62, 85),
    },
    Programme {
        key: "tot",
        org: HRDC,
        title_mn: "Сургагч багш бэлтгэх",
        title_en: "Training of trainers",
        topic: "tot",
        target_group: "Сургагч багш",
        n: 4,
        women_pct: (55, 75),
    },
    Programme {
        key: "leaders",
        org: OTHERS,
        title_mn: "Эмэгтэй удирдагчийн хөтөлбөр",
        title_en: "Women leaders' programme",
        topic: "leadership",
        target_group: "Ахлах албан тушаалын эмэгтэй албан хаагч",
        n: 3,
        women_pct: (100, 100),
    },
    Programme {
        key: "hr",
        org: OTHERS,
        title_mn: "Хүний нөөцийн менежерийн хөтөлбөр",
        title_en: "Programme for HR managers",
        topic: "hr",
        target_group: "Хүний нөөцийн мэргэжилтэн",
        n: 5,
        women_pct: (60, 85),
    },
    Programme {
        key: "ethics",
        org: OTHERS,
        title_mn: "Ёс зүйн зөвлөлийн сургалт",
        title_en: "Training of ethics councils",
        topic: "ethics",
        target_group: "Ёс зүйн зөвлөлийн гишүүн",
        n: 6,
        women_pct: (45, 70),
    },
];

/// Until the autumn of 2021 trainings were mostly online.
const ONLINE_UNTIL: Date = date(2021, 9, 30);
const HELD: Season = (date(2020, 3, 2), date(2023, 8, 25));

pub fn invent(scene: &Scene<'_>, records: &mut Records) {
    let mut random = scene.random(&[PURPOSE]);
    let years = TRAINERS.iter().flat_map(|(year, n)| std::iter::repeat_n(*year, scene.part(*n)));
    records.trainers.extend((1..).zip(years).map(|(number, tot_year)| Trainer {
        id: format!("t-{number:02}"),
        org: HRDC.into(),
        tot_year: Some(tot_year),
        languages: Some(if random.chance(0.3) { "mn en" } else { "mn" }.into()),
        active: random.chance(0.86),
        illustrative: true,
    }));
    for programme in &PROGRAMMES {
        let mut days: Vec<Date> = (0..scene.part(programme.n)).map(|_| day_in(HELD, &mut random)).collect();
        days.sort();
        for (number, held_on) in (1..).zip(days) {
            records.trainings.push(training(programme, number, held_on, &mut random));
        }
    }
}

fn training(programme: &Programme, number: usize, held_on: Date, random: &mut Random) -> Training {
    let at = random.below(100);
    let online = if held_on <= ONLINE_UNTIL { 72 } else { 24 };
    let form = match at {
        at if at < online => TrainingForm::Online,
        at if at < 95 => TrainingForm::Classroom,
        _ => TrainingForm::Hybrid,
    };
    let n = 10 + random.below(26) as i64;
    let (low, high) = programme.women_pct;
    let women = n * (low + random.below(high - low + 1)) as i64 / 100;
    let is_split = random.chance(0.93);
    let is_tested = random.chance(0.62);
    let n_pre = n - random.below(4) as i64;
    let n_post = n_pre - random.below(4) as i64;
    let pre = tenths(random.between(38.0, 54.0));
    let post = tenths(random.between(66.0, 86.0));
    let surveyed = random.chance(0.4).then(|| n * (30 + random.below(50)) as i64 / 100);
    let satisfaction = tenths(random.between(74.0, 95.0));
    Training {
        id: format!("tr-{}-{number:02}", programme.key),
        org: programme.org.into(),
        title_mn: programme.title_mn.into(),
        title_en: Some(programme.title_en.into()),
        topic: Some(programme.topic.into()),
        held_on,
        form,
        target_group: Some(programme.target_group.into()),
        participants_f: is_split.then_some(women),
        participants_m: is_split.then_some(n - women),
        participants_unknown: (!is_split).then_some(n),
        pre_score_pct: is_tested.then_some(pre),
        post_score_pct: is_tested.then_some(post),
        n_pre: is_tested.then_some(n_pre),
        n_post: is_tested.then_some(n_post),
        satisfaction_pct: surveyed.map(|_| satisfaction),
        n_survey: surveyed,
        cost: random.chance(0.8).then(|| money(80_000, 900_000, random)),
        illustrative: true,
    }
}

/// Per cent with one decimal.
fn tenths(pct: f64) -> f64 {
    (pct * 10.0).round() / 10.0
}

const PURPOSE: u64 = 0x7001;
