//! Sentences of records.

use super::Told;
use crate::features::{Collection, Kind};
use crate::model::{Lang, naming};
use crate::snapshot::{Snapshot, VintageView};

pub fn illustrative() -> Told {
    Told::new(
        "Зохиомол өгөгдөл: бодит хороодын мэдээ биш.",
        "Illustrative data: invented, and no figure of a real khoroo.",
    )
}

pub fn no_licence() -> Told {
    Told::new("Лицензийг заагаагүй.", "The licence is not stated.")
}

pub fn service() -> Told {
    Told::new(
        "Улаанбаатарын дүүрэг, хорооны хил, сайн туршлага, тэдгээрийн нутагшуулалт.",
        "Boundaries of Ulaanbaatar's districts and khoroos, good practices and their replications.",
    )
}

/// What coordinates are exact to, and what nobody knows.
pub fn accuracy() -> Told {
    Told::new(
        "Солбицлууд 0,0000001 градусын торон дээр буюу ойролцоогоор 1 см нарийвчлалтай; хөршүүдийн хил ижил цэгүүдтэй. \
         Эх сурвалжийн шугам газар дээрхтэй хэр таарахыг мэдэхгүй.",
        "Coordinates stand on a grid of 0.0000001 degrees, about 1 cm; neighbours share the points of their border. How \
         well the lines of the source fit the ground is not known.",
    )
}

/// Where the rows come from, and what was done to them.
pub fn lineage(snapshot: &Snapshot, collection: &Collection) -> Told {
    match collection.kind {
        Kind::Districts | Kind::Khoroos | Kind::KhorooVersions => {
            let mut told = Told::new("", "");
            let own = collection.view(snapshot);
            for view in snapshot
                .vintages
                .iter()
                .filter(|view| own.is_none_or(|own| own.vintage.id == view.vintage.id))
            {
                of_vintage(view, collection.kind, &mut told);
            }
            told
        }
        Kind::Lineage => Told::new(
            "Нэг оны хилийг нөгөөтэй нь давхцуулж тооцсон; хүн мэдүүлсэн мөрүүдийг `stated` гэж тэмдэглэсэн.",
            "Computed by laying the boundaries of one vintage over those of the next; rows that a person stated are marked \
             `stated`.",
        ),
        Kind::Practices => Told::new(
            "Дүүрэг, хороодын бүртгэсэн сайн туршлагаас нийтэд нээлттэй нь; цэг нь хорооны доторх байр.",
            "Good practices as khoroos and districts entered them, those that everybody may see; each at its place in its \
             khoroo.",
        ),
        Kind::Replications => Told::new(
            "Хороодын бүртгэсэн нутагшуулалт; шугам нь туршлагаас нутагшуулсан хороо хүртэл.",
            "Replications as khoroos entered them; a line goes from the practice to the khoroo that copied it.",
        ),
        Kind::Indicators => Told::new(
            "Бүртгэлээс тоолсон; мөчлөг бүр өөрийн хил дээр.",
            "Counted from the records, each cycle on its own boundaries.",
        ),
    }
}

fn of_vintage(view: &VintageView, kind: Kind, told: &mut Told) {
    let (vintage, geography) = (&view.vintage, &view.geography);
    let source = |lang| {
        if vintage.illustrative { naming::in_one_language(&vintage.source, lang) } else { &vintage.source }
    };
    told.then(&Told::new(
        format!("{} оны хилийн эх сурвалж: {}.", vintage.id, source(Lang::Mn)),
        format!("Source of the boundaries of {}: {}.", vintage.id, source(Lang::En)),
    ));
    if let Some(lender) = geography.district_lines_from.as_ref().filter(|_| kind == Kind::Districts) {
        told.then(&Told::new(
            format!("Дүүргийн шугамыг {lender} оны хилээс авсан."),
            format!("The lines of districts are those of {lender}."),
        ));
    }
    if geography.coverage.is_none() {
        if kind != Kind::Districts {
            told.then(&Told::new("Хорооны шугам мэдэгдэхгүй.", "Khoroos have no known lines."));
        }
        return;
    }
    told.then(&Told::new(
        "Хөршүүдийн дундын хил нэг шугам бөгөөд давхцалгүй.",
        "Borders that neighbours share are one line, and nothing overlaps.",
    ));
    for (n, mn, en) in [
        (geography.mended.len(), "Уншихад зассан газар", "Places mended while it was read"),
        (
            geography.holes.len(),
            "Хороонд хамаарахгүй хашигдсан газар",
            "Enclosed places that belong to no khoroo",
        ),
        (geography.without_lines.len(), "Шугамгүй нэгж", "Units without lines"),
    ] {
        if n > 0 {
            told.then(&Told::new(format!("{mn}: {n}."), format!("{en}: {n}.")));
        }
    }
}
