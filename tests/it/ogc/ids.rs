//! Which function proves which abstract test.

use std::collections::{BTreeMap, BTreeSet};

use super::site::site;
use super::{
    collections, common, core, cql2, crs, encodings, expressions, features, filter, openapi, ordering,
    parameters, query, schemas, spatial, temporal, tiles,
};

type Proof = fn();

/// Standard, conformance class, abstract test and what proves it.
const PROOFS: &[(&str, &str, &str, Proof)] = &[
    ("common-1/1.0", "core", "http", core::http),
    ("common-1/1.0", "core", "query-param-name-unknown", common::names_unknown),
    ("common-1/1.0", "core", "query-param-value-invalid", common::values_invalid),
    ("common-1/1.0", "core", "query-param-capitalization", common::names_unknown),
    ("common-1/1.0", "core", "query-param-list-delimiter", common::lists),
    ("common-1/1.0", "core", "query-param-list-empty", common::lists_empty),
    ("common-1/1.0", "core", "query-param-value-boolean", common::values_boolean),
    ("common-1/1.0", "core", "query-param-value-integer", common::values_integer),
    ("common-1/1.0", "core", "query-param-value-decimal", common::values_decimal),
    ("common-1/1.0", "core", "query-param-value-double", common::values_double),
    ("common-1/1.0", "landing-page", "root-op", core::root_op),
    ("common-1/1.0", "landing-page", "root-success", core::root_success),
    ("common-1/1.0", "landing-page", "api-definition-op", core::api_definition_op),
    ("common-1/1.0", "landing-page", "api-definition-success", core::api_definition_success),
    ("common-1/1.0", "landing-page", "conformance-op", core::conformance_op),
    ("common-1/1.0", "landing-page", "conformance-success", core::conformance_success),
    ("common-1/1.0", "json", "definition", encodings::geojson_definition),
    ("common-1/1.0", "json", "content", encodings::geojson_content),
    ("common-1/1.0", "html", "definition", encodings::html_definition),
    ("common-1/1.0", "html", "content", encodings::html_content),
    ("common-1/1.0", "oas30", "completeness", openapi::completeness),
    ("common-1/1.0", "oas30", "exceptions-codes", openapi::exceptions_codes),
    ("common-1/1.0", "oas30", "oas-definition-1", openapi::oas_definition_1),
    ("common-1/1.0", "oas30", "oas-definition-2", openapi::oas_definition_2),
    ("common-1/1.0", "oas30", "oas-impl", openapi::oas_impl),
    ("common-1/1.0", "oas30", "security", openapi::security),
    ("features-1/1.0", "core", "http", core::http),
    ("features-1/1.0", "core", "root-op", core::root_op),
    ("features-1/1.0", "core", "root-success", core::root_success),
    ("features-1/1.0", "core", "api-definition-op", core::api_definition_op),
    ("features-1/1.0", "core", "api-definition-success", core::api_definition_success),
    ("features-1/1.0", "core", "conformance-op", core::conformance_op),
    ("features-1/1.0", "core", "conformance-success", core::conformance_success),
    ("features-1/1.0", "core", "crs84", core::crs84),
    ("features-1/1.0", "core", "fc-md-op", collections::fc_md_op),
    ("features-1/1.0", "core", "fc-md-success", collections::fc_md_success),
    ("features-1/1.0", "core", "fc-md-links", collections::fc_md_links),
    ("features-1/1.0", "core", "fc-md-items", collections::fc_md_items),
    ("features-1/1.0", "core", "fc-md-items-links", collections::fc_md_items_links),
    ("features-1/1.0", "core", "fc-md-extent", collections::fc_md_extent),
    ("features-1/1.0", "core", "fc-md-extent-multi", collections::fc_md_extent_multi),
    ("features-1/1.0", "core", "sfc-md-op", collections::sfc_md_op),
    ("features-1/1.0", "core", "sfc-md-success", collections::sfc_md_success),
    ("features-1/1.0", "core", "fc-op", query::fc_op),
    ("features-1/1.0", "core", "fc-bbox-definition", parameters::fc_bbox_definition),
    ("features-1/1.0", "core", "fc-bbox-response", query::fc_bbox_response),
    ("features-1/1.0", "core", "fc-limit-definition", parameters::fc_limit_definition),
    ("features-1/1.0", "core", "fc-limit-response", query::fc_limit_response),
    ("features-1/1.0", "core", "fc-time-definition", parameters::fc_time_definition),
    ("features-1/1.0", "core", "fc-time-response", query::fc_time_response),
    ("features-1/1.0", "core", "query-param-invalid", query::query_param_invalid),
    ("features-1/1.0", "core", "query-param-unknown", query::query_param_unknown),
    ("features-1/1.0", "core", "fc-response", query::fc_response),
    ("features-1/1.0", "core", "fc-links", query::fc_links),
    ("features-1/1.0", "core", "fc-numberMatched", query::fc_number_matched),
    ("features-1/1.0", "core", "fc-numberReturned", query::fc_number_returned),
    ("features-1/1.0", "core", "f-op", features::f_op),
    ("features-1/1.0", "core", "f-success", features::f_success),
    ("features-1/1.0", "core", "f-links", features::f_links),
    ("features-1/1.0", "geojson", "definition", encodings::geojson_definition),
    ("features-1/1.0", "geojson", "content", encodings::geojson_content),
    ("features-1/1.0", "html", "definition", encodings::html_definition),
    ("features-1/1.0", "html", "content", encodings::html_content),
    ("features-1/1.0", "oas30", "completeness", openapi::completeness),
    ("features-1/1.0", "oas30", "exceptions-codes", openapi::exceptions_codes),
    ("features-1/1.0", "oas30", "oas-definition-1", openapi::oas_definition_1),
    ("features-1/1.0", "oas30", "oas-definition-2", openapi::oas_definition_2),
    ("features-1/1.0", "oas30", "oas-impl", openapi::oas_impl),
    ("features-1/1.0", "oas30", "security", openapi::security),
    ("features-2/1.0", "crs", "crs-uri", crs::crs_uri),
    ("features-2/1.0", "crs", "default-crs", crs::default_crs),
    ("features-2/1.0", "crs", "storageCrs", crs::storage_crs),
    ("features-2/1.0", "crs", "crs-parameter", crs::crs_parameter),
    ("features-2/1.0", "crs", "crs-parameter-default", crs::crs_parameter_default),
    ("features-2/1.0", "crs", "crs-parameter-invalid", crs::crs_parameter_invalid),
    ("features-2/1.0", "crs", "crs-parameter-transform", crs::crs_parameter_transform),
    ("features-2/1.0", "crs", "bbox-crs-parameter", crs::bbox_crs_parameter),
    ("features-2/1.0", "crs", "bbox-crs-parameter", crs::bbox_crs_parameter_as_the_suite_asks),
    ("features-2/1.0", "crs", "bbox-crs-parameter-default", crs::bbox_crs_parameter_default),
    ("features-2/1.0", "crs", "bbox-crs-parameter-invalid", crs::bbox_crs_parameter_invalid),
    ("features-2/1.0", "crs", "crs-parameter", parameters::crs_definitions),
    ("features-3/1.0", "queryables", "get-conformance", declared),
    ("features-3/1.0", "queryables", "get-queryables-uris", schemas::get_queryables_uris),
    ("features-3/1.0", "queryables", "get-queryables", schemas::get_queryables),
    ("features-3/1.0", "queryables-query-parameters", "get-conformance", declared),
    ("features-3/1.0", "queryables-query-parameters", "query-param", schemas::query_param),
    ("features-3/1.0", "filter", "get-conformance", declared),
    ("features-3/1.0", "filter", "filter-param", filter::filter_param),
    ("features-3/1.0", "filter", "filter-param", filter::refused_filters),
    ("features-3/1.0", "filter", "filter-lang-default", filter::filter_lang_default),
    ("features-3/1.0", "filter", "expression-construction", filter::expression_construction),
    ("features-3/1.0", "filter", "filter-crs-wgs84", filter::filter_crs_wgs84),
    ("features-3/1.0", "filter", "filter-crs-param", filter::filter_crs_param),
    ("features-3/1.0", "features-filter", "get-conformance", declared),
    ("features-3/1.0", "features-filter", "get-collections", collections::fc_md_op),
    ("features-3/1.0", "features-filter", "get-collection", schemas::get_queryables_uris),
    ("features-3/1.0", "features-filter", "filter-on-items", filter::filter_on_items),
    ("features-3/1.0", "features-filter", "mixing-expression", filter::mixing_expression),
    ("common-3/1.0", "schemas", "basic-schema-inspection", schemas::schema),
    ("common-3/1.0", "schemas", "role", schemas::schema),
    ("common-3/1.0", "schemas", "role-id", schemas::roles),
    ("common-3/1.0", "schemas", "property-seq", schemas::schema),
    ("common-3/1.0", "advanced-property-roles", "role-primary-geometry", schemas::schema),
    ("common-3/1.0", "advanced-property-roles", "role-primary-temporal", schemas::roles),
    ("common-3/1.0", "advanced-property-roles", "role-primary-temporal", collections::fc_md_extent),
    ("common-3/1.0", "returnables-and-receivables", "get-conformance", declared),
    ("common-3/1.0", "returnables-and-receivables", "link", schemas::schema),
    ("common-3/1.0", "returnables-and-receivables", "op-and-response", schemas::schema),
    ("common-3/1.0", "returnables-and-receivables", "response-1", schemas::features_fit_their_schema),
    ("common-3/1.0", "queryables", "get-conformance", declared),
    ("common-3/1.0", "queryables", "link", schemas::get_queryables),
    ("common-3/1.0", "queryables", "op-and-response", schemas::get_queryables),
    ("common-3/1.0", "sortables", "get-conformance", declared),
    ("common-3/1.0", "sortables", "link", schemas::get_sortables),
    ("common-3/1.0", "sortables", "op-and-response", schemas::get_sortables),
    ("features-8/1.0", "sortables", "get-conformance", declared),
    ("features-8/1.0", "sortables", "get-sortables", schemas::get_sortables),
    ("features-8/1.0", "sorting", "get-conformance", declared),
    ("features-8/1.0", "sorting", "sortby-param", ordering::sortby_param),
    ("features-8/1.0", "sorting", "sortby-order-default", ordering::sortby_order_default),
    ("features-8/1.0", "sorting", "expression-construction", ordering::unknown_sortables),
    ("features-8/1.0", "features-sorting", "get-conformance", declared),
    ("features-8/1.0", "features-sorting", "get-collections", collections::fc_md_op),
    ("features-8/1.0", "features-sorting", "get-collection", schemas::get_sortables),
    ("features-8/1.0", "features-sorting", "filter-sorting", ordering::features_sorting),
    ("features-6/1.0", "properties", "property-selection", ordering::property_selection),
    ("features-6/1.0", "properties-features", "property-selection", ordering::property_selection),
    ("cql2/1.0", "cql2-text", "validate", cql2::basic_data),
    ("cql2/1.0", "cql2-text", "escaping", cql2::text_escaping),
    ("cql2/1.0", "cql2-json", "validate", cql2::json_validate),
    ("cql2/1.0", "basic-cql2", "basic-test", cql2::basic_test),
    ("cql2/1.0", "basic-cql2", "comparison", cql2::comparison),
    ("cql2/1.0", "basic-cql2", "is-null", cql2::is_null),
    ("cql2/1.0", "basic-cql2", "boolean", cql2::boolean),
    ("cql2/1.0", "basic-cql2", "test-data", cql2::basic_data),
    ("cql2/1.0", "basic-cql2", "logical", cql2::logical),
    ("cql2/1.0", "advanced-comparison-operators", "like", cql2::advanced_data),
    ("cql2/1.0", "advanced-comparison-operators", "between", cql2::advanced_data),
    ("cql2/1.0", "advanced-comparison-operators", "in", cql2::advanced_data),
    ("cql2/1.0", "advanced-comparison-operators", "test-data", cql2::advanced_data),
    ("cql2/1.0", "advanced-comparison-operators", "logical", cql2::logical),
    ("cql2/1.0", "case-insensitive-comparison", "casei", cql2::casei_data),
    ("cql2/1.0", "case-insensitive-comparison", "casei-like", cql2::casei_data),
    ("cql2/1.0", "case-insensitive-comparison", "test-data", cql2::casei_data),
    ("cql2/1.0", "case-insensitive-comparison", "logical", cql2::logical),
    ("cql2/1.0", "basic-spatial-functions", "s_intersects", spatial::basic_s_intersects),
    ("cql2/1.0", "basic-spatial-functions", "test-data", spatial::s_intersects),
    ("cql2/1.0", "basic-spatial-functions", "logical", spatial::logical),
    ("cql2/1.0", "basic-spatial-functions-plus", "s_intersects", spatial::s_intersects),
    ("cql2/1.0", "basic-spatial-functions-plus", "test-data", spatial::s_intersects),
    ("cql2/1.0", "spatial-functions", "s_intersects", spatial::s_intersects),
    ("cql2/1.0", "spatial-functions", "s_disjoint", spatial::s_disjoint),
    ("cql2/1.0", "spatial-functions", "s_equals", spatial::s_equals),
    ("cql2/1.0", "spatial-functions", "s_touches", spatial::s_touches),
    ("cql2/1.0", "spatial-functions", "s_crosses", spatial::s_crosses),
    ("cql2/1.0", "spatial-functions", "s_within", spatial::s_within),
    ("cql2/1.0", "spatial-functions", "s_contains", spatial::s_contains),
    ("cql2/1.0", "spatial-functions", "s_overlaps", spatial::s_overlaps),
    ("cql2/1.0", "spatial-functions", "test-data", spatial::s_intersects),
    ("cql2/1.0", "spatial-functions", "logical", spatial::logical),
    ("cql2/1.0", "temporal-functions", "temporal-functions-1", temporal::temporal_functions_1),
    ("cql2/1.0", "temporal-functions", "temporal-functions-2", temporal::temporal_functions_2),
    ("cql2/1.0", "temporal-functions", "test-data", temporal::temporal_data),
    ("cql2/1.0", "temporal-functions", "logical", temporal::logical),
    ("cql2/1.0", "property-property", "comparison-value-property", expressions::value_property),
    ("cql2/1.0", "property-property", "comparison-property-property", expressions::property_property),
    ("cql2/1.0", "property-property", "comparison-value-value", expressions::value_value),
    ("cql2/1.0", "property-property", "test-data", expressions::property_data),
    ("cql2/1.0", "property-property", "logical", expressions::logical),
    ("cql2/1.0", "arithmetic", "arithmetic", expressions::arithmetic),
    ("cql2/1.0", "arithmetic", "test-data", expressions::arithmetic),
    ("cql2/1.0", "arithmetic", "logical", expressions::logical),
    ("tiles-1/1.0", "core", "conformance-success", tiles::conformance_success),
    ("tiles-1/1.0", "core", "tc-op", tiles::tc_op),
    ("tiles-1/1.0", "core", "tc-tilematrix-definition", parameters::tile_definitions),
    ("tiles-1/1.0", "core", "tc-tilerow-definition", parameters::tile_definitions),
    ("tiles-1/1.0", "core", "tc-tilecol-definition", parameters::tile_definitions),
    ("tiles-1/1.0", "core", "tc-success", tiles::tc_success),
    ("tiles-1/1.0", "core", "tc-error", tiles::tc_error),
    ("tiles-1/1.0", "tileset", "description", tiles::tileset_description),
    ("tiles-1/1.0", "tilesets-list", "tileset-links", tiles::tileset_links),
    ("tiles-1/1.0", "dataset-tilesets", "landingpage", tiles::dataset_landing),
    ("tiles-1/1.0", "dataset-tilesets", "operation", tiles::tc_success),
    ("tiles-1/1.0", "geodata-tilesets", "desc-links", tiles::geodata_collections),
    ("tiles-1/1.0", "geodata-tilesets", "operation", tiles::tc_success),
    ("tiles-1/1.0", "mvt", "content", tiles::mvt_content),
    ("tiles-1/1.0", "oas30", "completeness", openapi::oas_definition_2),
    ("tiles-1/1.0", "oas30", "operation-id", parameters::tile_definitions),
    ("tms/2.0", "tilematrixset", "model", tiles::matrix_set),
    ("tms/2.0", "json-tilematrixset", "schema", tiles::matrix_set),
    ("tms/2.0", "json-tilematrixset", "ietf", tiles::matrix_set),
    ("tms/2.0", "json-tilematrixset", "model", tiles::matrix_set),
    ("tms/2.0", "json-tilematrixset", "media-type", tiles::matrix_set),
    ("tms/2.0", "tilematrixsetlimits", "model", tiles::tileset_description),
    ("tms/2.0", "json-tilematrixsetlimits", "schema", tiles::tileset_description),
    ("tms/2.0", "json-tilematrixsetlimits", "ietf", tiles::tileset_description),
    ("tms/2.0", "json-tilematrixsetlimits", "model", tiles::tileset_description),
    ("tms/2.0", "tilesetmetadata", "model", tiles::tileset_description),
    ("tms/2.0", "tilesetmetadata", "identifier", tiles::tileset_description),
    ("tms/2.0", "json-tilesetmetadata", "schema", tiles::tileset_description),
    ("tms/2.0", "json-tilesetmetadata", "ietf", tiles::tileset_description),
    ("tms/2.0", "json-tilesetmetadata", "model", tiles::tileset_description),
    ("tms/2.0", "json-tilesetmetadata", "media-type", tiles::tileset_description),
];

/// Abstract tests without proof, and why.
const SKIPPED: &[(&str, &str, &str, &str)] = &[
    (
        "features-1/1.0",
        "core",
        "fc-timeStamp",
        "optional: an answer is of an unchanging revision and has one ETag, so it tells `published_at`",
    ),
    ("features-3/1.0", "filter", "get-functions", "no functions of our own are offered"),
    ("common-1/1.0", "core", "query-param-list-escape", "no part of a list has a comma or a blank in it"),
    ("common-3/1.0", "schemas", "unit", "the keyword is optional and not used: names say the unit"),
    ("common-3/1.0", "schemas", "definition", "the keyword is optional and not used"),
    ("common-3/1.0", "schemas", "nullvalues", "the keyword is optional and not used: unknown is null"),
    ("common-3/1.0", "advanced-property-roles", "role-type", "the role is optional and not used"),
    ("common-3/1.0", "returnables-and-receivables", "response-2", "nothing can be written"),
    ("features-8/1.0", "sortables", "get-sortables-uris", "the link is in the collection, `get-collection`"),
];

/// How many rows of the two tables a class has: proofs of its abstract tests, some in several ways, and those without.
#[rustfmt::skip]
const ROWS: &[(&str, &[(&str, usize)])] = &[
    ("common-1/1.0", &[("core", 11), ("landing-page", 6), ("json", 2), ("html", 2), ("oas30", 6)]),
    ("features-1/1.0", &[("core", 34), ("geojson", 2), ("html", 2), ("oas30", 6)]),
    ("features-2/1.0", &[("crs", 12)]),
    ("features-3/1.0", &[
        ("queryables", 3), ("queryables-query-parameters", 2), ("filter", 8), ("features-filter", 5),
    ]),
    ("common-3/1.0", &[
        ("schemas", 7), ("advanced-property-roles", 4), ("returnables-and-receivables", 5), ("queryables", 3),
        ("sortables", 3),
    ]),
    ("features-8/1.0", &[("sortables", 3), ("sorting", 4), ("features-sorting", 4)]),
    ("features-6/1.0", &[("properties", 1), ("properties-features", 1)]),
    ("cql2/1.0", &[
        ("cql2-text", 2), ("cql2-json", 1), ("basic-cql2", 6), ("advanced-comparison-operators", 5),
        ("case-insensitive-comparison", 4), ("basic-spatial-functions", 3),
        ("basic-spatial-functions-plus", 2), ("spatial-functions", 10), ("temporal-functions", 4),
        ("property-property", 5), ("arithmetic", 3),
    ]),
    ("tiles-1/1.0", &[
        ("core", 7), ("tileset", 1), ("tilesets-list", 1), ("dataset-tilesets", 2), ("geodata-tilesets", 2),
        ("mvt", 1), ("oas30", 2),
    ]),
    ("tms/2.0", &[
        ("tilematrixset", 1), ("json-tilematrixset", 4), ("tilematrixsetlimits", 1),
        ("json-tilematrixsetlimits", 3), ("tilesetmetadata", 2), ("json-tilesetmetadata", 4),
    ]),
];

/// Part and class of a declared URI, as the table has them.
fn part_and_class(uri: &str) -> Option<(String, String)> {
    let rest = uri.strip_prefix("http://www.opengis.net/spec/")?;
    let (part, class) = rest.split_once("/conf/")?;
    Some((part.strip_prefix("ogcapi-").unwrap_or(part).to_owned(), class.to_owned()))
}

/// What is declared is what is proved.
#[test]
pub fn declared() {
    let proved: BTreeSet<(&str, &str)> = PROOFS.iter().map(|(part, class, ..)| (*part, *class)).collect();
    for uri in site().conforms_to() {
        let Some((part, class)) = part_and_class(&uri) else { panic!("{uri} is of nobody we know") };
        assert!(proved.contains(&(&*part, &*class)), "{uri} is declared and not proved");
    }
}

#[test]
fn no_abstract_test_is_proved_and_skipped() {
    for (part, class, test, reason) in SKIPPED {
        assert!(reason.len() > 10, "{part} {class} {test}");
        assert!(!PROOFS.iter().any(|(p, c, t, _)| (p, c, t) == (part, class, test)), "{part} {class} {test}");
        assert!(PROOFS.iter().any(|(p, c, ..)| (p, c) == (part, class)), "{part} {class}");
    }
}

/// A row that is lost is missed.
#[test]
fn every_class_has_its_rows() {
    let mut found = BTreeMap::<(&str, &str), usize>::new();
    let skipped = SKIPPED.iter().map(|(part, class, ..)| (*part, *class));
    for class in PROOFS.iter().map(|(part, class, ..)| (*part, *class)).chain(skipped) {
        *found.entry(class).or_default() += 1;
    }
    let of_part = |(part, classes): &(&'static str, &'static [(&'static str, usize)])| {
        let part = *part;
        classes.iter().map(move |(class, n_rows)| ((part, *class), *n_rows))
    };
    assert_eq!(found, ROWS.iter().flat_map(of_part).collect());
}

/// The classes that are promised, so that one cannot be withdrawn in silence.
#[test]
fn promised_classes_are_declared() {
    let declared: BTreeSet<_> = site().conforms_to().iter().filter_map(|uri| part_and_class(uri)).collect();
    for (part, class, ..) in PROOFS {
        // Drafts may go by another name until they are standards.
        let is_draft = ["common-3/1.0", "features-6/1.0", "features-8/1.0"].contains(part);
        let is_there = declared.contains(&((*part).to_owned(), (*class).to_owned()));
        assert!(is_draft || is_there, "{part} {class} is proved and not declared");
    }
}
