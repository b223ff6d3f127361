//! Faults for people, in both languages: what to write instead.

use super::{Fault, Why};
use crate::model::Lang;
use crate::partners::words::why_not;
use crate::snapshot::LookupError;
use crate::visits::month::OrderError;
use crate::visits::plan::PlanError;

/// One sentence or two, with their full stops.
pub fn told(fault: &Fault, lang: Lang) -> String {
    let given = &fault.given;
    let say = |mn: &str, en: &str| pick(lang, mn, en).to_owned();
    match (&fault.why, lang) {
        (Why::Whole { min, max }, Lang::Mn) => format!("{min}–{max} хооронд бүхэл тоо бичнэ үү."),
        (Why::Whole { min, max }, Lang::En) => format!("Write a whole number from {min} to {max}."),
        (Why::Part, _) => {
            say("0–1 хооронд тоо бичнэ үү, жишээ нь 0.05.", "Write a number from 0 to 1, such as 0.05.")
        }
        (Why::Day, _) => {
            say("Огноог 2026-05-14 хэлбэрээр бичнэ үү.", "Write the day in the form 2026-05-14.")
        }
        (Why::Year, _) => {
            say("Өдөр 1900–2200 оны хооронд байна.", "The day must lie in the years 1900 to 2200.")
        }
        (Why::EmptyPeriod { from }, Lang::Mn) => {
            format!("Дуусах өдөр эхлэх өдрөөс ({from}) өмнө байж болохгүй.")
        }
        (Why::EmptyPeriod { from }, Lang::En) => {
            format!("The last day must not lie before the first day ({from}).")
        }
        (Why::LongPeriod { most_days }, Lang::Mn) => {
            format!("Хугацаа {most_days} хоногоос урт байж болохгүй.")
        }
        (Why::LongPeriod { most_days }, Lang::En) => {
            format!("The period must not be longer than {most_days} days.")
        }
        (Why::Shut { .. }, _) => say(
            "Энэ хугацаанд ажлын өдөр алга: бүх өдөр нь амралт, баярын өдөр.",
            "This period has no working day: offices are shut on all of its days.",
        ),
        (Why::NoCode, Lang::Mn) => format!(
            "«{given}» аль хороо болох нь тодорхойгүй. Кодоор (bzd-26) эсвэл дүүрэг, дугаараар (Баянзүрх 26) бичнэ үү."
        ),
        (Why::NoCode, Lang::En) => format!(
            "“{given}” names no khoroo. Write its code (bzd-26), or district and number (Bayanzurkh 26)."
        ),
        (Why::NoKhoroo(error), _) => no_khoroo(given, error, lang),
        (Why::NoDistrict { .. }, Lang::Mn) => format!("«{given}» дүүрэг энэ хилд алга."),
        (Why::NoDistrict { .. }, Lang::En) => format!("These boundaries have no district “{given}”."),
        (Why::NoTheme { .. }, Lang::Mn) => format!("«{given}» гэсэн сэдэв алга."),
        (Why::NoTheme { .. }, Lang::En) => format!("There is no theme “{given}”."),
        (Why::NoVintage { known }, Lang::Mn) => {
            format!("«{given}» гэсэн хил алга. Байгаа нь: {}.", known.join(", "))
        }
        (Why::NoVintage { known }, Lang::En) => {
            format!("There are no boundaries “{given}”. There are: {}.", known.join(", "))
        }
        (Why::NoMode { .. }, _) => {
            say("Айлчлалын хэлбэрийг жагсаалтаас сонгоно уу.", "Choose the form of the visit from the list.")
        }
        (Why::NoPractice, Lang::Mn) => format!("«{given}» дугаартай нээлттэй туршлага алга."),
        (Why::NoPractice, Lang::En) => format!("There is no published practice “{given}”."),
        (Why::Twice, Lang::Mn) => format!("«{given}» хоёр удаа бичигдсэн."),
        (Why::Twice, Lang::En) => format!("“{given}” is named twice."),
        (Why::AnyAlone, _) => {
            say("Сэдэв сонгосон бол «any»-г хамт бичихгүй.", "“any” cannot stand together with themes.")
        }
        (Why::TooMany { most }, Lang::Mn) => format!("Хэт олон байна: хамгийн ихдээ {most}."),
        (Why::TooMany { most }, Lang::En) => format!("These are too many: at most {most} can be given."),
        (Why::TooManyVisitors { most }, Lang::Mn) => {
            format!("Нэг төлөвлөгөөнд хамгийн ихдээ {most} зочлох хороо багтана; сонгосон нь {given}.")
        }
        (Why::TooManyVisitors { most }, Lang::En) => {
            format!("A plan has at most {most} visiting khoroos; {given} were chosen.")
        }
        (Why::NeedForm, Lang::Mn) => format!(
            "Холбоос дахь «{given}» хэрэгцээ ойлгогдсонгүй. Хороо:сэдэв эсвэл хороо:сэдэв:яаралтай байдал (1–3) гэж бичнэ."
        ),
        (Why::NeedForm, Lang::En) => format!(
            "The need “{given}” in the link is not understood. It is written as khoroo:theme or khoroo:theme:urgency (1 to 3)."
        ),
        (Why::PairForm, Lang::Mn) => {
            format!("Холбоос дахь «{given}» сонголт ойлгогдсонгүй. Хороо:туршлага гэж бичнэ.")
        }
        (Why::PairForm, Lang::En) => {
            format!("The choice “{given}” in the link is not understood. It is written as khoroo:practice.")
        }
        (Why::Nobody, _) => say(
            "Хэн зочлохыг сонгоно уу: дүүрэг тэмдэглэх, эсвэл хорооны код бичнэ.",
            "Choose who visits: tick a district, or write codes of khoroos.",
        ),
        (Why::LongLink { bytes, most }, Lang::Mn) => format!(
            "Төлөвлөгөө бүхэлдээ холбоосондоо байдаг. Холбоос {most} байтаас урт байж болохгүй, энэ нь {bytes} байт \
             болно. Хороодыг нэг бүрчлэн биш дүүргээр сонгох, дүүрэг тус бүрээр төлөвлөх, эсвэл гараар сонгосноосоо \
             заримыг буцаана уу."
        ),
        (Why::LongLink { bytes, most }, Lang::En) => format!(
            "The whole plan lives in its link. A link can have {most} bytes, and this one would have {bytes}. Choose \
             districts instead of single khoroos, plan district by district, or release some of the visits decided by \
             hand."
        ),
        (Why::Order(error), _) => order(given, error, lang),
    }
}

const fn pick<'a>(lang: Lang, mn: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Mn => mn,
        Lang::En => en,
    }
}

fn no_khoroo(given: &str, error: &LookupError, lang: Lang) -> String {
    let LookupError::Khoroo { vintage, in_vintages, numbers, .. } = error else {
        return pick(lang, "Ийм хороо алга.", "There is no such khoroo.").into();
    };
    let elsewhere = in_vintages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (lang, elsewhere.is_empty(), numbers) {
        (Lang::Mn, false, _) => {
            format!("«{given}» {vintage} оны хилд алга; дараах оны хилд бий: {elsewhere}.")
        }
        (Lang::En, false, _) => {
            format!("“{given}” is not in the boundaries of {vintage}; it is in those of {elsewhere}.")
        }
        (Lang::Mn, true, Some((first, last))) => {
            format!("«{given}» хороо алга: энэ дүүргийн хороодын дугаар {first}–{last}.")
        }
        (Lang::En, true, Some((first, last))) => {
            format!("There is no khoroo “{given}”: its district has numbers {first} to {last}.")
        }
        (Lang::Mn, true, None) => format!("«{given}» хороо {vintage} оны хилд алга."),
        (Lang::En, true, None) => format!("“{given}” is not in the boundaries of {vintage}."),
    }
}

/// - `pair`: visitor and practice as they were decided.
fn order(pair: &str, error: &OrderError, lang: Lang) -> String {
    let why = match (error, lang) {
        (OrderError::TooManyPairs, _) => {
            return pick(
                lang,
                "Ийм олон хороонд боломжтой туршлага хэт олон тул нэг дор төлөвлөх боломжгүй. Цөөн хороо эсвэл \
                 цөөн сэдэв сонгоно уу.",
                "For so many khoroos there are too many possible practices to plan at once. Choose fewer khoroos or \
                 fewer themes.",
            )
            .into();
        }
        (OrderError::TooManyVisits { .. }, _) => {
            return pick(
                lang,
                "Ийм олон хороо, боломжтой туршлага дээр ийм олон айлчлалыг нэг дор төлөвлөх боломжгүй. Нэг хорооны \
                 айлчлалын тоог бууруулах, эсвэл цөөн хороо, цөөн сэдэв сонгоно уу.",
                "So many visits, with so many khoroos and possible practices, cannot be planned at once. Allow fewer \
                 visits of one khoroo, or choose fewer khoroos or fewer themes.",
            )
            .into();
        }
        (OrderError::NoVisitor(_), _) => {
            pick(lang, "энэ хороо зочлох хороодод алга", "this khoroo is none of the visitors").into()
        }
        (OrderError::NoPractice(_), _) => pick(
            lang,
            "энэ хилийн аль ч хороонд ийм нээлттэй туршлага алга",
            "no khoroo of these boundaries has that practice for all to see",
        )
        .into(),
        (OrderError::NoNeed(_), _) => pick(
            lang,
            "энэ хороо тухайн сэдвээр туршлага хүсээгүй",
            "this khoroo has no need in the theme of that practice",
        )
        .into(),
        (OrderError::Barred(_, why), _) => why_not(why, lang),
        (OrderError::Impossible { why, .. }, _) => impossible(why, lang).to_owned(),
    };
    match lang {
        Lang::Mn => format!("Гараар сонгосон «{pair}» боломжгүй: {why}."),
        Lang::En => format!("The visit “{pair}” decided by hand cannot be: {why}."),
    }
}

const fn impossible(why: &PlanError, lang: Lang) -> &'static str {
    match why {
        PlanError::NeedTwice(_) => pick(
            lang,
            "тэр хэрэгцээнд өөр гараар сонгосон айлчлал хариулж байна",
            "its need is answered by another visit decided by hand",
        ),
        PlanError::TooManyVisits(_) => pick(
            lang,
            "зочлох хорооны айлчлалын тоо дээд хязгаараас хэтэрнэ",
            "it is one more visit than the visitor may make",
        ),
        PlanError::NoPlace(_) | PlanError::HostFull(_) => {
            pick(lang, "хүлээн авагчийн багтаамжаас хэтэрнэ", "it is one more visit than the host can take")
        }
        PlanError::SameOfferTwice(..) => pick(lang, "хоёр удаа сонгосон байна", "it is decided twice"),
    }
}
