//! Names that columns usually have, by field.

use crate::model::naming::fold;

/// Fields that `--map` may name.
pub const FIELDS: [&str; 10] = [
    "district",
    "number",
    "name_mn",
    "name_en",
    "nso_code",
    "land_code",
    "ebarilga_code",
    "population",
    "population_year",
    "households",
];

/// The fields that say more about a unit than which it is.
pub const FACTS: [&str; 8] = [
    "name_mn",
    "name_en",
    "nso_code",
    "land_code",
    "ebarilga_code",
    "population",
    "population_year",
    "households",
];

/// The most usual first; compared after folding, so Cyrillic, Latin, case, `_` and ü/u are one.
pub fn usual_names(field: &str) -> &'static [&'static str] {
    match field {
        "district" => &[
            "district",
            "дүүрэг",
            "дрэг",
            "district_name",
            "district_mn",
            "district_name_mn",
            "name_district",
            "дүүргийн нэр",
            "düüreg_ner",
            "duureg_name",
            "district_code",
            "district_en",
            "district_id",
            "dist",
            "au2_name",
            "au2_code",
            "soum",
            "sum",
            "soum_name",
            "sum_name",
            "сумын нэр",
            "soum_mn",
            "soum_code",
            "sum_code",
            "adm2_mn",
            "adm2_en",
            "adm2_name",
            "name_2",
            "дүүргийн код",
            "code",
            "khoroo_code",
        ],
        "number" => &[
            "khoroo_number",
            "khoroo_no",
            "khoroo_num",
            "хорооны дугаар",
            "number",
            "дугаар",
            "num",
            "no",
            "khoroo",
            "хороо",
            "khoroo_name",
            "khoroo_mn",
            "khoroo_name_mn",
            "хорооны нэр",
            "khoroo_id",
            "khoroo_en",
            "au3_name",
            "bag",
            "bag_name",
            "bag_khoroo",
            "баг хороо",
            "name_mn",
            "name",
            "нэр",
            "name_en",
            "adm3_mn",
            "adm3_en",
            "adm3_name",
            "name_3",
            "title",
            "label",
            "code",
            "khoroo_code",
            "code_name",
        ],
        "name_mn" => &["name_mn", "khoroo_name_mn", "нэр", "хорооны нэр", "name", "khoroo_name", "au3_name"],
        "name_en" => &["name_en", "khoroo_name_en", "khoroo_en", "adm3_en"],
        "nso_code" => &["nso_code", "nso", "үсх код", "code", "khoroo_code", "au3_code", "adm3_pcode"],
        "land_code" => &["land_code", "au3_code", "code", "khoroo_code", "cadastre_code", "bag_code", "код"],
        "ebarilga_code" => &["ebarilga_code", "ebarilga", "ebarilga_khoroo_code"],
        "population" => {
            &["population", "pop", "хүн ам", "хүн амын тоо", "нийт хүн ам", "residents", "total_pop"]
        }
        "population_year" => &["population_year", "pop_year", "хүн амын он"],
        "households" => &["households", "өрх", "өрхийн тоо", "нийт өрх", "household", "hh"],
        _ => &[],
    }
}

/// True when the column's name is the usual one in any spelling, or its start in a dBASE table, which
/// cuts names at ten bytes. A whole name is no cut one: `population` has ten bytes too.
pub fn is_called(column: &str, usual: &str) -> bool {
    const DBASE_NAME_BYTES: usize = 10;
    let is_cut = column.len() == DBASE_NAME_BYTES
        && usual.get(..DBASE_NAME_BYTES).is_some_and(|start| start.eq_ignore_ascii_case(column));
    let key = column_key(column);
    let is_whole = || FIELDS.iter().flat_map(|field| usual_names(field)).any(|name| column_key(name) == key);
    key == column_key(usual) || (is_cut && !is_whole())
}

/// [`fold`] that keeps digits: `NAME_2` and `NAME_3` are different columns.
fn column_key(name: &str) -> String {
    let mut key = String::new();
    for piece in name.split_inclusive(|c: char| c.is_ascii_digit()) {
        key.push_str(&fold(piece));
        key.extend(piece.chars().filter(char::is_ascii_digit));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_is_not_taken_for_a_cut_one() {
        assert!(is_called("population", "population"));
        assert!(!is_called("population", "population_year"));
        assert!(is_called("Population_Year", "population_year"));
    }

    #[test]
    fn a_name_cut_by_dbase_is_known_by_its_start() {
        assert!(is_called("DISTRICT_N", "district_name"));
        assert!(is_called("ebarilga_c", "ebarilga_code"));
        assert!(!is_called("district_x", "district_name"));
    }
}
