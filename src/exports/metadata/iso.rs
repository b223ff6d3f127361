//! ISO 19115 as XML by ISO 19139, which `GeoNetwork`, QGIS and national catalogues read.
//!
//! Owns: the order of the elements, which the schema fixes. Mongolian is the language of the record; English is its
//! other locale.

use super::{Contact, GRID_M, Record, SYSTEMS, Told, Way, words};
use crate::features::Kind;
use crate::text::xml;

const NAMESPACES: [(&str, &str); 5] = [
    ("gmd", "http://www.isotc211.org/2005/gmd"),
    ("gco", "http://www.isotc211.org/2005/gco"),
    ("gml", "http://www.opengis.net/gml/3.2"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
];

const CODE_LISTS: &str = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml";
const LANGUAGE_CODES: &str = "http://www.loc.gov/standards/iso639-2/";

/// The record of a collection.
pub fn record(record: &Record<'_>) -> String {
    let namespaces = NAMESPACES.map(|(prefix, address)| format!(" xmlns:{prefix}=\"{address}\"")).concat();
    let parts = [
        text("fileIdentifier", &format!("hlp-{}", record.id)),
        language("mon"),
        utf8("characterSet"),
        code("hierarchyLevel", "MD_ScopeCode", "dataset"),
        contact("contact", record),
        date_time("dateStamp", &record.published_at),
        text("metadataStandardName", "ISO 19115:2003/19139"),
        text("metadataStandardVersion", "1.0"),
        text("dataSetURI", &record.address()),
        locale(),
        systems(record),
        element("identificationInfo", &identification(record)),
        element("distributionInfo", &distribution(record)),
        element("dataQualityInfo", &quality(record)),
    ];
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gmd:MD_Metadata{namespaces}>\n{}</gmd:MD_Metadata>\n",
        parts.map(|part| part + "\n").concat(),
    )
}

fn identification(record: &Record<'_>) -> String {
    let date = element(
        "date",
        &element(
            "CI_Date",
            &(date_time("date", &record.published_at) + &code("dateType", "CI_DateTypeCode", "revision")),
        ),
    );
    let citation = [
        both("title", &record.title),
        date,
        text("edition", &record.revision.to_string()),
        element("identifier", &element("MD_Identifier", &text("code", &record.address()))),
    ];
    let representation = if record.has_ground { "vector" } else { "textTable" };
    let topics = match record.kind {
        Kind::Practices | Kind::Replications | Kind::Indicators => &["society"][..],
        Kind::Districts | Kind::Khoroos | Kind::KhorooVersions | Kind::Lineage => &["boundaries", "society"],
    };
    let topic = |topic: &&str| {
        format!(
            "<gmd:topicCategory><gmd:MD_TopicCategoryCode>{topic}</gmd:MD_TopicCategoryCode></gmd:topicCategory>"
        )
    };
    let parts = [
        element("citation", &element("CI_Citation", &citation.concat())),
        both("abstract", &record.description),
        code("status", "MD_ProgressCode", "onGoing"),
        contact("pointOfContact", record),
        keywords(record),
        constraints(record),
        code("spatialRepresentationType", "MD_SpatialRepresentationTypeCode", representation),
        language("mon"),
        language("eng"),
        utf8("characterSet"),
        topics.iter().map(topic).collect(),
        extent(record),
    ];
    element("MD_DataIdentification", &parts.concat())
}

fn keywords(record: &Record<'_>) -> String {
    let place = Told::new("Улаанбаатар", "Ulaanbaatar");
    let mut all = group(&[place], "place");
    if let Some(vintage) = record.vintage {
        all += &group(&[Told::new(vintage.as_str(), vintage.as_str())], "temporal");
    }
    if record.illustrative {
        all += &group(&[Told::new("зохиомол", "illustrative")], "theme");
    }
    all
}

fn group(words: &[Told], kind: &str) -> String {
    let words: String = words.iter().map(|word| both("keyword", word)).collect();
    let kind = code("type", "MD_KeywordTypeCode", kind);
    element("descriptiveKeywords", &element("MD_Keywords", &(words + &kind)))
}

fn constraints(record: &Record<'_>) -> String {
    let licence = match record.service.licence {
        Some(licence) => Told::new(licence, licence),
        None => words::no_licence(),
    };
    let legal = [
        if record.illustrative { both("useLimitation", &words::illustrative()) } else { String::new() },
        code("useConstraints", "MD_RestrictionCode", "license"),
        both("otherConstraints", &licence),
    ];
    element("resourceConstraints", &element("MD_LegalConstraints", &legal.concat()))
}

fn extent(record: &Record<'_>) -> String {
    let mut parts = String::new();
    if let Some([west, south, east, north]) = record.bbox {
        let sides = [
            ("westBoundLongitude", west),
            ("eastBoundLongitude", east),
            ("southBoundLatitude", south),
            ("northBoundLatitude", north),
        ];
        let sides: String = sides
            .iter()
            .map(|(name, degrees)| element(name, &format!("<gco:Decimal>{degrees}</gco:Decimal>")))
            .collect();
        parts += &element("geographicElement", &element("EX_GeographicBoundingBox", &sides));
    }
    if let Some(days) = record.days {
        let end = |name: &str, day: Option<jiff::civil::Date>, open: &str| match day {
            Some(day) => format!("<gml:{name}>{day}</gml:{name}>"),
            None => format!("<gml:{name} indeterminatePosition=\"{open}\"/>"),
        };
        let period = format!(
            "<gml:TimePeriod gml:id=\"in-force\">{}{}</gml:TimePeriod>",
            end("beginPosition", days.from, "unknown"),
            end("endPosition", days.to, "now"),
        );
        parts += &element("temporalElement", &element("EX_TemporalExtent", &element("extent", &period)));
    }
    if parts.is_empty() { parts } else { element("extent", &element("EX_Extent", &parts)) }
}

fn distribution(record: &Record<'_>) -> String {
    let format = |way: &Way| {
        let version = "<gmd:version gco:nilReason=\"inapplicable\"/>";
        element("distributionFormat", &element("MD_Format", &(text("name", way.media_type) + version)))
    };
    let on_line = |way: &Way| {
        let protocol = match (way.is_file, way.name) {
            (true, _) => "WWW:DOWNLOAD-1.0-http--download",
            (false, "items") => "OGC API - Features",
            (false, _) => "OGC API - Tiles",
        };
        let linkage = format!("<gmd:linkage><gmd:URL>{}</gmd:URL></gmd:linkage>", xml(&way.address));
        let parts = [
            linkage,
            text("protocol", protocol),
            text("name", way.name),
            code("function", "CI_OnLineFunctionCode", "download"),
        ];
        element("onLine", &element("CI_OnlineResource", &parts.concat()))
    };
    let formats: String = record.ways.iter().map(format).collect();
    let ways: String = record.ways.iter().map(on_line).collect();
    let transfer = element("transferOptions", &element("MD_DigitalTransferOptions", &ways));
    element("MD_Distribution", &(formats + &transfer))
}

fn quality(record: &Record<'_>) -> String {
    let scope = element("scope", &element("DQ_Scope", &code("level", "MD_ScopeCode", "dataset")));
    let lineage = element("lineage", &element("LI_Lineage", &both("statement", &record.lineage)));
    let report = if record.has_ground { accuracy() } else { String::new() };
    element("DQ_DataQuality", &(scope + &report + &lineage))
}

fn accuracy() -> String {
    let result = format!(
        "<gmd:valueUnit xlink:href=\"http://www.opengis.net/def/uom/UCUM/m\"/>\
         <gmd:value><gco:Record>{GRID_M}</gco:Record></gmd:value>"
    );
    let parts = [
        both("nameOfMeasure", &Told::new("Солбицлын торын алхам", "Step of the grid of coordinates")),
        both("measureDescription", &words::accuracy()),
        element("result", &element("DQ_QuantitativeResult", &result)),
    ];
    element("report", &element("DQ_RelativeInternalPositionalAccuracy", &parts.concat()))
}

fn systems(record: &Record<'_>) -> String {
    if !record.has_ground {
        return String::new();
    }
    let one = |epsg: &str| {
        let identifier = element("RS_Identifier", &(text("code", epsg) + &text("codeSpace", "EPSG")));
        let identifier = element("referenceSystemIdentifier", &identifier);
        element("referenceSystemInfo", &element("MD_ReferenceSystem", &identifier))
    };
    SYSTEMS.map(one).concat()
}

/// Whom to ask; the schema wants the element also where nobody is named.
fn contact(name: &str, record: &Record<'_>) -> String {
    let Some(contact) = record.service.contact else {
        return format!("<gmd:{name} gco:nilReason=\"missing\"/>");
    };
    let way = match Contact::of(contact) {
        Contact::Mail(mail) => {
            element("address", &element("CI_Address", &text("electronicMailAddress", mail)))
        }
        Contact::Web(address) => {
            let linkage = format!("<gmd:linkage><gmd:URL>{}</gmd:URL></gmd:linkage>", xml(address));
            element("onlineResource", &element("CI_OnlineResource", &linkage))
        }
        Contact::Words => String::new(),
    };
    let way = if way.is_empty() { way } else { element("contactInfo", &element("CI_Contact", &way)) };
    let role = code("role", "CI_RoleCode", "pointOfContact");
    element(name, &element("CI_ResponsibleParty", &(text("organisationName", contact) + &way + &role)))
}

fn locale() -> String {
    let parts = element("languageCode", &language_code("eng")) + &utf8("characterEncoding");
    element("locale", &format!("<gmd:PT_Locale id=\"en\">{parts}</gmd:PT_Locale>"))
}

fn language(of: &str) -> String {
    element("language", &language_code(of))
}

fn language_code(of: &str) -> String {
    format!("<gmd:LanguageCode codeList=\"{LANGUAGE_CODES}\" codeListValue=\"{of}\">{of}</gmd:LanguageCode>")
}

fn utf8(name: &str) -> String {
    code(name, "MD_CharacterSetCode", "utf8")
}

fn element(name: &str, inner: &str) -> String {
    format!("<gmd:{name}>{inner}</gmd:{name}>")
}

fn text(name: &str, value: &str) -> String {
    element(name, &format!("<gco:CharacterString>{}</gco:CharacterString>", xml(value)))
}

fn date_time(name: &str, at: &str) -> String {
    element(name, &format!("<gco:DateTime>{at}</gco:DateTime>"))
}

fn both(name: &str, told: &Told) -> String {
    format!(
        "<gmd:{name} xsi:type=\"gmd:PT_FreeText_PropertyType\">\
         <gco:CharacterString>{}</gco:CharacterString>\
         <gmd:PT_FreeText><gmd:textGroup><gmd:LocalisedCharacterString locale=\"#en\">{}\
         </gmd:LocalisedCharacterString></gmd:textGroup></gmd:PT_FreeText></gmd:{name}>",
        xml(&told.mn),
        xml(&told.en),
    )
}

fn code(name: &str, list: &str, value: &str) -> String {
    element(
        name,
        &format!(
            "<gmd:{list} codeList=\"{CODE_LISTS}#{list}\" codeListValue=\"{value}\">{value}</gmd:{list}>"
        ),
    )
}
