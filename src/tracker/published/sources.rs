//! Where published figures stand. Titles describe what has no title of its own.
//!
//! HRDC's Mongolian name is not verified, so that in Mongolian it is told as a translation.

use super::Source;

pub(super) const HRDC_SLIDES: Source = Source {
    id: "hrdc_2023",
    title_mn: "Харилцан суралцах арга зүйн танилцуулга слайд",
    title_en: "Slides on the Horizontal Learning Process",
    publisher_mn: "Улаанбаатар хотын хүний нөөцийн хөгжлийн төв (HRDC; нэрийг англиас орчуулав)",
    publisher_en: "Human Resources Development Center of Ulaanbaatar (HRDC)",
    date: "2023-09",
    url: None,
};

pub(super) const CITY_NEWS: Source = Source {
    id: "ulaanbaatar_2021",
    title_mn: "Харилцан суралцах арга зүйн сургагч багш нарын тухай мэдээ",
    title_en: "News on trainers in the horizontal learning method",
    publisher_mn: "Нийслэлийн албан ёсны цахим хуудас",
    publisher_en: "Website of the Capital City",
    date: "2021-08",
    url: Some("https://ulaanbaatar.mn/Home/newsdetail?dataID=58726"),
};

pub(super) const MONTSAME: Source = Source {
    id: "montsame_2020",
    title_mn: "Хороодын сайн туршлагын тухай мэдээ",
    title_en: "News on good practices of khoroos",
    publisher_mn: "МОНЦАМЭ мэдээллийн агентлаг",
    publisher_en: "MONTSAME News Agency",
    date: "2020-09",
    url: Some("https://montsame.mn/en/read/237290"),
};

pub(super) const UNDP: Source = Source {
    id: "undp_2021",
    title_mn: "Төрийн албаны сургалтын тухай нийтлэл",
    title_en: "Article on training in the civil service",
    publisher_mn: "НҮБ-ын Хөгжлийн хөтөлбөр, Монгол Улс",
    publisher_en: "UNDP Mongolia",
    date: "2021-09",
    url: None,
};
