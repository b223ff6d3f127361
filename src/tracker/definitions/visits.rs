//! Distances, learning partners and plans of visits.

use super::Definition;
use crate::tracker::Base;

pub(super) const VISITS: [Definition; 15] = [
    Definition {
        id: "distance_m",
        base: None,
        unit: "m",
        name_mn: "Хороо хоорондын зай",
        name_en: "Distance between khoroos",
        definition_mn: "Хоёр хорооны хилийн хамгийн ойр цэгүүдийн хоорондын зай, EPSG:32648 тусгагт метрээр; залгаа \
                        бол 0. Албан байр хооронд (between=offices) асуувал байруудын хоорондын зай.",
        definition_en: "Metres in EPSG:32648 between the nearest places of the borders of two khoroos, 0 where \
                        they touch; with between=offices between their offices.",
    },
    Definition {
        id: "border_m",
        base: None,
        unit: "m",
        name_mn: "Нийтлэг хилийн урт",
        name_en: "Length of the common border",
        definition_mn: "Хоёр хорооны нийтлэг хилийн геодезийн урт, метрээр; зөвхөн цэгээр хүрэлцвэл 0.",
        definition_en: "Geodesic length in metres of the border that two khoroos share; 0 where they touch in a \
                        point alone.",
    },
    Definition {
        id: "travel_minutes",
        base: None,
        unit: "minutes",
        name_mn: "Зорчих хугацаа",
        name_en: "Travel time",
        definition_mn: "Нэг талын зам, минутаар: албан байр хоорондын шулуун зай × тойруу ÷ хурд, 11–3 дугаар сард \
                        өвлийн коэффициенттэй. Энэ бол тооцоо; оруулсан хугацаа байвал түүнийг авна.",
        definition_en: "One way, in minutes: straight distance between offices times a detour by a speed, times a \
                        factor from November to March. An estimate; a time that was loaded wins.",
    },
    Definition {
        id: "partner_score",
        base: Some(Base::Practices),
        unit: "0 to 1",
        name_mn: "Санал болгох оноо",
        name_en: "Score of a suggestion",
        definition_mn: "Хэрэгцээ, ойр байдал, чанар, нөхцөл, хялбар байдал, багтаамж гэсэн зургаан хэсгийн нийлбэр; \
                        хэсэг бүр нь жинг 0-ээс 1 хүртэлх утгаар үржүүлсэн тоо. Тодорхойгүйг дунджаар тооцно. \
                        Хүйс, хувь хүн, намын мэдээлэл ашиглахгүй.",
        definition_en: "The sum of six parts: need, proximity, quality, setting, ease and capacity, each a weight \
                        times a value from 0 to 1. What is unknown counts as the middle. Nothing about gender, \
                        persons or parties is used.",
    },
    Definition {
        id: "plan_needs_served",
        base: Some(Base::Needs),
        unit: "needs",
        name_mn: "Төлөвлөгөөгөөр хариулттай хэрэгцээ",
        name_en: "Needs served by a plan",
        definition_mn: "Зочлох хороо бүрийн асуусан сэдэв бүр нэг хэрэгцээ; сэдэв заагаагүй бол зөвшөөрсөн айлчлалын тоогоор. \
                        Үүнээс туршлага үзэх хүлээн авагч олдсон нь. Төлөвлөгөө боломжтой хамгийн олон хэрэгцээнд хариулна.",
        definition_en: "Each theme that a visitor asks for is a need; without themes as many as it may make visits. \
                        Of these, those for which the plan has a host. No other plan within the same bounds serves \
                        more.",
    },
    Definition {
        id: "plan_visitors_served",
        base: Some(Base::Khoroos),
        unit: "khoroos",
        name_mn: "Айлчлалтай хороо",
        name_en: "Visitors with a visit",
        definition_mn: "Төлөвлөгөөгөөр дор хаяж нэг айлчлал хийх хорооны тоо, цахимыг оролцуулан. Хариулах хэрэгцээний тоо \
                        ижил төлөвлөгөөнүүдээс айлчлал хороодод хамгийн жигд ногдохыг нь сонгоно.",
        definition_en: "Khoroos that make at least one visit of the plan, online or not. Of plans that serve as many \
                        needs, one is taken in which visits are spread over visitors most evenly.",
    },
    Definition {
        id: "plan_mean_score",
        base: Some(Base::Needs),
        unit: "0 to 1",
        name_mn: "Төлөвлөгөөний дундаж оноо",
        name_en: "Mean score of a plan",
        definition_mn: "Төлөвлөгөөний айлчлалуудын санал болгох онооны дундаж.",
        definition_en: "Mean of the scores of the plan's visits.",
    },
    Definition {
        id: "plan_journeys",
        base: Some(Base::Needs),
        unit: "visits",
        name_mn: "Газар дээр нь очих айлчлал",
        name_en: "Journeys of a plan",
        definition_mn: "Хүн замд гарч очих айлчлалын тоо: цахим биш бүх айлчлал, зорчих хугацаа нь тодорхойгүйг оруулан.",
        definition_en: "Visits for which somebody travels: all that are not online, those of an unknown way included.",
    },
    Definition {
        id: "plan_online",
        base: Some(Base::Needs),
        unit: "visits",
        name_mn: "Цахим айлчлал",
        name_en: "Visits of a plan online",
        definition_mn: "Хэн ч замд гарахгүй, цахимаар хийх айлчлалын тоо. Цахим айлчлал олонтой төлөвлөгөөний зорчих хугацаа \
                        бага гардаг тул хугацааг үүнтэй хамт харьцуулна.",
        definition_en: "Visits for which nobody travels. A plan with more of them takes fewer minutes on the way, so minutes \
                        are compared beside this.",
    },
    Definition {
        id: "plan_mean_minutes",
        base: Some(Base::Needs),
        unit: "minutes",
        name_mn: "Төлөвлөгөөний зорчих дундаж хугацаа",
        name_en: "Mean travel time of a plan",
        definition_mn: "Газар дээр нь очих айлчлалуудын нэг талын замын дундаж хугацаа; тодорхойгүй замыг оруулахгүй. Төлөвлөгөө \
                        бүрийн өөрийн айлчлалуудын дундаж тул тоо нь өөр бол дундаж нь өөр олонлогийнх.",
        definition_en: "Mean travel time one way of the journeys whose way is known. Each plan's mean is over its own \
                        journeys, so plans with other numbers of them have means over different sets.",
    },
    Definition {
        id: "plan_total_minutes",
        base: Some(Base::Needs),
        unit: "minutes",
        name_mn: "Төлөвлөгөөний зорчих нийт хугацаа",
        name_en: "Travel time of a plan in all",
        definition_mn: "Газар дээр нь очих бүх айлчлалын нэг талын замын хугацааны нийлбэр; тодорхойгүй замыг оруулахгүй.",
        definition_en: "Sum of the travel time one way over all journeys whose way is known.",
    },
    Definition {
        id: "plan_highest_load",
        base: Some(Base::Khoroos),
        unit: "visits",
        name_mn: "Хүлээн авагчийн хамгийн их ачаалал",
        name_en: "Highest load of a host",
        definition_mn: "Төлөвлөгөөгөөр хамгийн олон айлчлал хүлээн авах хорооны айлчлалын тоо; нэг хороо хоёр удаа ирвэл \
                        хоёр гэж тоолно. Зөвхөн энэ төлөвлөгөөний айлчлалыг тоолно.",
        definition_en: "Visits at the host that has most in the plan; one khoroo that comes twice makes two. Visits of \
                        this plan alone are counted.",
    },
    Definition {
        id: "plan_gini_load",
        base: Some(Base::Khoroos),
        unit: "0 to 1",
        name_mn: "Ачааллын жигд бус байдал (Жини)",
        name_en: "Inequality of load (Gini)",
        definition_mn: "Багтаамжтай бүх хүлээн авагчид очих айлчлалын тооны Жини коэффициент: 0 бол бүгд ижил, 1-д \
                        ойр бол цөөн хороонд төвлөрсөн.",
        definition_en: "Gini coefficient of visits per host, over all hosts with a place: 0 where all have the \
                        same, near 1 where few have all.",
    },
    Definition {
        id: "plan_same_setting_share",
        base: Some(Base::Needs),
        unit: "0 to 1",
        name_mn: "Ижил нөхцөлтэй хосын хувь",
        name_en: "Share of pairs of the same setting",
        definition_mn: "Зочин, хүлээн авагч хоёул гэр хороолол, орон сууц гэх мэт ижил нөхцөлтэй айлчлалын эзлэх хувь, \
                        хоёулангийнх нь нөхцөл мэдэгдэж буй айлчлалаас.",
        definition_en: "Of visits where the setting of both is known, those in which visitor and host are of the \
                        same: ger area, apartments and so on.",
    },
    Definition {
        id: "day_route_minutes",
        base: None,
        unit: "minutes",
        name_mn: "Өдрийн замын хугацаа",
        name_en: "Minutes on the way of a day",
        definition_mn: "Эхлэх газраас бүх айлчлалаар явж буцаж ирэх замын хугацааны нийлбэр, хэсэг бүрийг дээш нь бүтэн минут \
                        болгосон. Аль ч өөр дараалал ийм олон айлчлалыг үүнээс бага хугацаанд амжихгүй.",
        definition_en: "From the start along all stops and back, each leg rounded up to whole minutes. No other \
                        order makes as many stops in less.",
    },
];
