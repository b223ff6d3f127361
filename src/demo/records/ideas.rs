//! Invented good practices: fifteen ideas, each told in several variations, in both languages.

/// An idea: theme, title and summary in Mongolian and English.
pub struct Idea {
    pub theme: &'static str,
    pub title_mn: &'static str,
    pub title_en: &'static str,
    pub summary_mn: &'static str,
    pub summary_en: &'static str,
}

/// Where or for whom an idea is put to work; goes behind the title in brackets.
pub const VARIATIONS: [(&str, &str); 12] = [
    ("гэр хороололд", "ger area"),
    ("орон сууцны хороололд", "apartment area"),
    ("сургуулийн дэргэд", "beside the school"),
    ("автобусны буудал дээр", "at bus stops"),
    ("ахмадуудтай хамтран", "with older residents"),
    ("залуучуудтай хамтран", "with young people"),
    ("хэсгийн ахлагчаар дамжуулан", "through section leaders"),
    ("сууц өмчлөгчдийн холбоотой", "with owners' associations"),
    ("өвлийн улиралд", "in winter"),
    ("утсаар ашиглах хувилбар", "for the phone"),
    ("алслагдсан хэсэгт", "for remote sections"),
    ("хөрш хороотой хамтран", "with the next khoroo"),
];

pub const IDEAS: [Idea; 15] = [
    Idea {
        theme: "eservice",
        title_mn: "Хорооны үйлчилгээний QR самбар",
        title_en: "QR board for khoroo services",
        summary_mn: "Иргэн самбар дээрх QR кодыг уншуулж, үйлчилгээний журам, маягтыг утаснаасаа авна.",
        summary_en: "Residents scan a code on the board and get rules and forms of each service on the phone.",
    },
    Idea {
        theme: "eservice",
        title_mn: "Тодорхойлолтыг нэг өдөрт цахимаар олгох",
        title_en: "Same-day online certificates",
        summary_mn: "Хүсэлтийг цахимаар авч, тодорхойлолтыг тухайн өдөрт нь илгээнэ.",
        summary_en: "Requests come in online and the certificate is sent on the same day.",
    },
    Idea {
        theme: "space",
        title_mn: "Орон сууцны орцны урлаг",
        title_en: "Art in apartment stairwells",
        summary_mn: "Оршин суугчид орцныхоо ханыг хүүхдүүдтэйгээ хамт зурж, цэвэр байлгах дүрэмтэй болсон.",
        summary_en: "Neighbours paint their stairwell with their children and agree on keeping it clean.",
    },
    Idea {
        theme: "participation",
        title_mn: "Хэсгийн чат бүлэг, долоо хоногийн мэдээ",
        title_en: "Section chat groups with weekly digest",
        summary_mn: "Хэсэг бүр чат бүлэгтэй болж, долоо хоног бүр товч мэдээ авна.",
        summary_en: "Each section has a chat group and gets one short digest a week.",
    },
    Idea {
        theme: "participation",
        title_mn: "Орон нутгийн хөгжлийн сангийн саналыг газрын зураг дээр цуглуулах",
        title_en: "Collecting Local Development Fund proposals on a map",
        summary_mn: "Иргэд саналаа газрын зураг дээр тэмдэглэж, бусдын саналыг дэмжинэ.",
        summary_en: "Residents mark their proposals on a map and support those of others.",
    },
    Idea {
        theme: "waste",
        title_mn: "Иргэдтэй хамтран ажиллуулах хог ангилах цэг",
        title_en: "Sorting point run with residents",
        summary_mn: "Иргэд ээлжээр ажиллуулдаг цэг дээр хуванцар, цаас, шилийг ялгаж тушаана.",
        summary_en: "Residents take turns at a point where plastic, paper and glass are sorted and sold.",
    },
    Idea {
        theme: "space",
        title_mn: "Албан бус хогийн цэгийг тоглоомын талбай болгох",
        title_en: "Illegal dump turned into a playground",
        summary_mn: "Хог хаядаг байсан газрыг цэвэрлэж, хүүхдийн тоглоомын талбай байгуулсан.",
        summary_en: "A place where rubbish was left was cleared and made a playground.",
    },
    Idea {
        theme: "green",
        title_mn: "Гудамжны мод үрчлэх",
        title_en: "Adopt a street tree",
        summary_mn: "Айл бүр гудамжны нэг модыг хариуцан усалж, арчилна.",
        summary_en: "Each household waters and looks after one tree in its street.",
    },
    Idea {
        theme: "infra",
        title_mn: "Сайжруулсан жорлонтой үлгэр жишээ хашаа",
        title_en: "Demonstration yard with improved toilet",
        summary_mn: "Нэг хашаанд сайжруулсан жорлон барьж, хөршүүдэд өртөг, аргыг нь үзүүлнэ.",
        summary_en: "One yard builds an improved toilet and shows neighbours its cost and making.",
    },
    Idea {
        theme: "infra",
        title_mn: "Айл өрхийн оролцоотой гудамжны гэрэлтүүлэг",
        title_en: "Street lights co-paid by households",
        summary_mn: "Гудамжны айлууд хувь нэмэр оруулж, гэрэлтүүлгээ хамтран тавьсан.",
        summary_en: "Households of a street share the cost of its lights.",
    },
    Idea {
        theme: "safety",
        title_mn: "Үерийн суваг цэвэрлэх хуваарь, анхааруулга",
        title_en: "Flood-ditch cleaning roster and alerts",
        summary_mn: "Суваг цэвэрлэх хуваарь гаргаж, борооны өмнө айл өрхөд анхааруулга илгээнэ.",
        summary_en: "A roster keeps the ditches clean and households are warned before heavy rain.",
    },
    Idea {
        theme: "social",
        title_mn: "Ахмад настан, хөгжлийн бэрхшээлтэй иргэнд гэрээр үйлчлэх хуваарь",
        title_en: "Home-service calendar for older and disabled residents",
        summary_mn: "Гэрээр үйлчлэх өдрийг урьдчилан зарлаж, дуудлагыг утсаар авна.",
        summary_en: "Days of home service are announced beforehand and booked by phone.",
    },
    Idea {
        theme: "youth",
        title_mn: "Хорооны танхимд хичээлийн дараах өрөө",
        title_en: "After-school study room in the khoroo hall",
        summary_mn: "Хичээлийн дараа хүүхдүүд хорооны танхимд даалгавраа хийж, ном уншина.",
        summary_en: "After school children do their homework and read in the khoroo hall.",
    },
    Idea {
        theme: "work",
        title_mn: "Оёдлын хоршоо, ажлын булан",
        title_en: "Sewing cooperative and job corner",
        summary_mn: "Ажил хайгчид хамтран оёдол хийж, булангаас ажлын зар авна.",
        summary_en: "People looking for work sew together and find job offers in one corner.",
    },
    Idea {
        theme: "admin",
        title_mn: "Шинэ ажилтныг дагалдуулах хос систем",
        title_en: "Buddy system for newly hired staff",
        summary_mn: "Шинэ ажилтан эхний гурван сард туршлагатай ажилтантай хослон ажиллана.",
        summary_en: "A new employee works in a pair with an experienced one for three months.",
    },
];
