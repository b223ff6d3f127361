//! Cases after the shapes of the standard's examples, on a table of six rows.

use super::ast::{Kind, Node, Op};
use super::*;
use crate::features::query::filter::{Axes, Filter};
use crate::features::query::tests::{ids, select, table};
use crate::geometry::projection::Crs;

fn literals() -> Literals {
    Literals::new(Crs::Wgs84, Axes::EastFirst)
}

fn found(cql2: &str) -> Vec<String> {
    let table = table();
    let filter = Filter::text(cql2, &table.fields, Crs::Wgs84, Axes::EastFirst);
    select(&table, filter.unwrap_or_else(|error| panic!("{cql2}: {error}")))
}

#[test]
fn text_finds_the_rows_it_is_true_of() {
    for (cql2, expected) in [
        ("name = 'Баянгол'", "a"),
        ("name <> 'Баянгол'", "b c d e"),
        ("casei(name) = CASEI('БАЯНГОЛ')", "a b"),
        ("CASEI(name) LIKE casei('%ГОЛ')", "a b"),
        ("name LIKE '%г_л'", "a b"),
        ("name LIKE '100\\%'", "c"),
        ("name NOT LIKE '%г%'", "c d e"),
        ("NOT name LIKE '%г%'", "c d e"),
        ("name = 'it''s'", "d"),
        ("name = 'it\\'s'", "d"),
        ("n BETWEEN 2 AND 3", "b c"),
        ("n NOT BETWEEN 2 and 3", "a e f"),
        ("n IN (1, 3.0, 99)", "a c"),
        ("n NOT IN (1, 3)", "b e f"),
        ("n IS NULL", "d"),
        ("n IS NOT NULL AND n > 4", "e f"),
        ("NOT n > 2", "a b"),
        ("n > 2 OR n <= 2", "a b c e f"),
        ("n = 1 OR flag = true", "a c"),
        ("(n < 3 OR n > 5) AND NOT (n = 1)", "b f"),
        ("(n > 2) IS NULL", "d"),
        ("n > 1 AND flag = FALSE", "b"),
        ("n > x", "b c"),
        ("n + 1 = 2", "a"),
        ("n = - 2 * -1", "b"),
        ("-n = -2", "b"),
        ("(n - 1) * 2 ^ 2 = 8", "c"),
        ("7 div n = 3 AND 7 % n = 1", "b"),
        ("1 / (n - 1) > 0", "b c e f"),
        ("since = DATE('2022-01-01')", "c"),
        ("since < DATE('2022-01-01')", "a b"),
        ("since >= TIMESTAMP('2021-12-31T16:00:00Z')", "c"),
        ("T_AFTER(since, DATE('2020-01-01'))", "b c"),
        ("T_INTERSECTS(INTERVAL(since, until), INTERVAL('2021-01-01', '2021-06-30'))", "a b"),
        ("T_DURING(INTERVAL(since, until), INTERVAL('2019-01-01', '..'))", "a"),
        ("T_MEETS(INTERVAL(since, until), INTERVAL('2021-12-31', '2022-03-01'))", "a"),
        ("T_EQUALS(INTERVAL(since, until), INTERVAL('2022-01-01', '..'))", "c"),
        ("t_disjoint(since, timestamp('2020-01-01T03:00:00Z'))", "b c"),
        ("geometry IS NULL", "f"),
        ("S_INTERSECTS(geometry, POINT(106.5 47.5))", "a c"),
        ("S_INTERSECTS(geometry, BBOX(106.9, 47.9, 107.1, 48.1))", "a b"),
        ("S_WITHIN(geometry, POLYGON((106 47, 107 47, 107 48, 106 48, 106 47)))", "a c d"),
        ("S_CONTAINS(geometry, POINT(106.25 47.25))", "a"),
        ("S_CONTAINS(POLYGON((106 47, 107 47, 107 48, 106 48, 106 47)), geometry)", "a c d"),
        ("S_TOUCHES(geometry, LINESTRING(106 48, 107 48))", "a b"),
        ("S_EQUALS(geometry, POLYGON((107 47, 107 48, 106 48, 106 47, 107 47)))", "a"),
        ("S_OVERLAPS(geometry, BBOX(106.5, 47.5, 107.5, 48.5))", "a b"),
        ("S_CROSSES(geometry, LINESTRING(106.5 47.4, 106.5 47.6))", "c"),
        ("S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(106.5 47.5), LINESTRING(150 10, 151 11)))", "b d e"),
        ("NOT S_INTERSECTS(geometry, POINT(106.5 47.5))", "b d e"),
        ("S_INTERSECTS(geometry, BBOX(170, -10, -170, 10))", "e"),
        ("S_INTERSECTS(geometry, BBOX(170, -10, -5, -170, 10, 5))", "e"),
        ("S_INTERSECTS(geometry, MULTIPOINT Z((179.5 0.5 3), (10 10 4)))", "e"),
        ("S_EQUALS(geometry, geometry)", "a b c d e"),
        ("TRUE", "a b c d e f"),
        ("\"n\" = .1e1", "a"),
    ] {
        assert_eq!(found(cql2).join(" "), expected, "{cql2}");
    }
}

#[test]
fn text_and_json_of_the_same_filter_are_the_same_tree() {
    for (cql2, cql2_json) in [
        ("name = 'a'", r#"{"op":"=","args":[{"property":"name"},"a"]}"#),
        ("n NOT IN (1,2)", r#"{"op":"not","args":[{"op":"in","args":[{"property":"n"},[1,2]]}]}"#),
        (
            "n BETWEEN 0.1 AND 2 AND flag=true",
            r#"{"op":"and","args":[{"op":"between","args":[{"property":"n"},0.1,2]},{"op":"=","args":[{"property":"flag"},true]}]}"#,
        ),
        (
            "CASEI(name) LIKE CASEI('a%')",
            r#"{"op":"like","args":[{"op":"casei","args":[{"property":"name"}]},{"op":"casei","args":["a%"]}]}"#,
        ),
        ("since IS NOT NULL", r#"{"op":"not","args":[{"op":"isNull","args":[{"property":"since"}]}]}"#),
        (
            "T_DURING(INTERVAL(since, until), INTERVAL('2017-06-10T07:30:00Z', '..'))",
            r#"{"op":"t_during","args":[{"interval":[{"property":"since"},{"property":"until"}]},{"interval":["2017-06-10T07:30:00Z",".."]}]}"#,
        ),
        (
            "t_after(since, DATE('2012-06-05'))",
            r#"{"op":"t_after","args":[{"property":"since"},{"date":"2012-06-05"}]}"#,
        ),
        (
            "T_BEFORE(since, TIMESTAMP('2012-08-10T05:30:00.0Z'))",
            r#"{"op":"t_before","args":[{"property":"since"},{"timestamp":"2012-08-10T05:30:00Z"}]}"#,
        ),
        (
            "S_INTERSECTS(geometry,POLYGON((-10 -10,10 -10,10 10,-10 -10)))",
            r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[-10,-10],[10,-10],[10,10],[-10,-10]]]}]}"#,
        ),
        (
            "S_WITHIN(geometry,BBOX(-118,33.8,-117.9,34))",
            r#"{"op":"s_within","args":[{"property":"geometry"},{"bbox":[-118,33.8,-117.9,34]}]}"#,
        ),
        (
            "S_EQUALS(GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4 5)), geometry)",
            r#"{"op":"s_equals","args":[{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4,5]]}]},{"property":"geometry"}]}"#,
        ),
        (
            "n = ((-1 * x) * 2.0) - x ^ 2",
            r#"{"op":"=","args":[{"property":"n"},{"op":"-","args":[{"op":"*","args":[{"op":"*","args":[-1,{"property":"x"}]},2.0]},{"op":"^","args":[{"property":"x"},2]}]}]}"#,
        ),
    ] {
        let of_text = text::read(cql2, &mut literals()).unwrap_or_else(|error| panic!("{cql2}: {error}"));
        let of_json =
            json::read(cql2_json, &mut literals()).unwrap_or_else(|error| panic!("{cql2_json}: {error}"));
        assert_eq!(of_text, of_json, "{cql2}");
        check(&of_text, &table().fields, Crs::Wgs84).unwrap_or_else(|error| panic!("{cql2}: {error}"));
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let fields = table().fields;
    for (cql2, expected) in [
        (
            "nmae = 'a'",
            "no property is called `nmae`; there are name, n, x, flag, since, until, geometry, at character 1",
        ),
        ("n = 'a'", "the property `n` cannot be compared with the text 'a', at character 5"),
        ("n = 1 AND name > 3", "the property `name` cannot be compared with the number 3, at character 18"),
        ("n LIKE 'a'", "`like` takes text, not the property `n`, at character 1"),
        ("name LIKE name", "`like` takes a text as pattern, not the property `name`, at character 11"),
        ("name LIKE 'a\\'", "the text that begins here does not end, at character 11"),
        ("name LIKE 'a\\\\\\'", "the text that begins here does not end, at character 11"),
        ("avg(n) < 4", "no function or operator is called `avg`, at character 1"),
        ("ACCENTI(name) = 'a'", "no function or operator is called `ACCENTI`, at character 1"),
        ("name", "a condition is expected, not the property `name`, at character 1"),
        ("n = 1 AND", "a property, a value or a condition is expected, not the end, at character 10"),
        ("n = 1 n", "AND, OR or the end is expected, not `n`, at character 7"),
        ("NOT NOT n = 1", "a property, a value or a condition is expected, not `NOT`, at character 5"),
        (
            "name = 'хороо' AND n = 'a'",
            "the property `n` cannot be compared with the text 'a', at character 24",
        ),
        ("n = 1; DROP", "a word of CQL2 is expected, not `;`, at character 6"),
        ("n = 1e999", "`1e999` is not a number, at character 5"),
        (
            "S_INTERSECTS(n, POINT(1 2))",
            "`s_intersects` takes geometries, not the property `n`, at character 14",
        ),
        ("S_INTERSECTS(geometry)", "`s_intersects` takes 2 arguments, not 1, at character 1"),
        (
            "geometry = 1",
            "a value that can be compared is expected, not the property `geometry`, at character 1",
        ),
        (
            "S_INTERSECTS(geometry, POINT(1 91))",
            "`1 91` is not a place on the earth in the filter's reference system, at character 30",
        ),
        (
            "T_MEETS(since, DATE('2020-01-01'))",
            "`t_meets` takes intervals, not the property `since`, at character 9",
        ),
        ("since = DATE('2020-02-30')", "`2020-02-30` is not a date like 2022-01-31, at character 9"),
        (
            "T_DURING(INTERVAL(since, until), INTERVAL('2021-01-01', '2020-01-01'))",
            "the interval is reversed, at character 34",
        ),
    ] {
        let error = text(cql2, &fields, literals()).expect_err(cql2);
        assert_eq!(error.to_string(), expected, "{cql2}");
    }
    for (cql2, expected) in [
        (
            r#"{"op":"and","args":[true,{"op":"=","args":[{"property":"n"},"x"]}]}"#,
            "the property `n` cannot be compared with the text 'x', at `/args/1/args/1`",
        ),
        (r#"{"op":"avg","args":[]}"#, "no function or operator is called `avg`, at `/op`"),
        (r#"{"op":"="}"#, "an array of arguments is expected, not an object, at ``"),
        (r#"{"op":"not","args":[true,true]}"#, "`not` takes 1 arguments, not 2, at ``"),
        ("null", "a property, a value or a condition is expected, not null, at ``"),
        (
            r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}]}"#,
            "the geometry is not valid: a ring has 4 positions or more, and the last is the first, at `/args/1/coordinates`",
        ),
    ] {
        let error = json(cql2, &fields, literals()).expect_err(cql2);
        assert_eq!(error.to_string(), expected, "{cql2}");
    }
    assert!(matches!(json("{", &fields, literals()).expect_err("cut").fault, Fault::NotJson { .. }));
}

#[test]
fn what_is_too_much_is_refused() {
    let n = 100_000;
    let many = |open: &str, close: &str| format!("{}n = 1{}", open.repeat(n / 10), close.repeat(n / 10));
    let deep = |cql2: &str| text::read(cql2, &mut literals()).expect_err("too deep").fault;
    let json_of = |cql2: &str| json::read(cql2, &mut literals()).expect_err("too deep").fault;
    assert_eq!(deep(&"(".repeat(n)), Fault::TooDeep);
    assert_eq!(deep(&many("(", ")")), Fault::TooDeep);
    assert_eq!(deep(&many("not(", ")")), Fault::TooDeep);
    assert_eq!(deep(&format!("n = 1{}", "+1".repeat(n / 10))), Fault::TooDeep);
    assert_eq!(deep(&format!("{}n = 1", "casei(".repeat(n / 10))), Fault::TooDeep);
    assert_eq!(json_of(&"[".repeat(n)), Fault::TooDeep);
    assert_eq!(json_of(&r#"{"op":"not","args":["#.repeat(n / 40)), Fault::TooDeep);
    assert_eq!(deep(&format!("n in ({}1)", "1,".repeat(NODES_MAX))), Fault::TooManyParts);
    let points = format!("S_INTERSECTS(geometry, LINESTRING({}1 1))", "1 2,".repeat(VERTICES_MAX));
    assert_eq!(deep(&points), Fault::TooManyVertices);
    let boxes = format!("S_INTERSECTS(geometry, {})", vec!["BBOX(1,2,3,4)"; VERTICES_MAX / 4 + 1].join(","));
    assert_eq!(deep(&boxes), Fault::TooManyVertices);
    let triangles = |n: usize| {
        let one = |at: usize| format!("(({at} 0,{at} 1,{at}.5 0,{at} 0))");
        format!("S_INTERSECTS(geometry, MULTIPOLYGON({}))", (0..n).map(one).collect::<Vec<_>>().join(","))
    };
    assert!(text::read(&triangles(RINGS_MAX), &mut literals()).is_ok());
    assert_eq!(deep(&triangles(RINGS_MAX + 1)), Fault::TooManyRings);
    let at_depth = |depth: usize| format!("{}n = 1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(text::read(&at_depth(DEPTH_MAX), &mut literals()).is_ok());
    assert_eq!(deep(&at_depth(DEPTH_MAX + 1)), Fault::TooDeep);
}

#[test]
fn what_would_take_too_long_is_ended() {
    let table = crate::features::query::tests::table_of(20_000);
    let mut filter = Filter::text("n = 1", &table.fields, Crs::Wgs84, Axes::EastFirst).expect("a filter");
    let part = vec!["S_TOUCHES(geometry, POINT(106.5 47.5))"; 40].join(" OR ");
    let costly = Filter::text(&part, &table.fields, Crs::Wgs84, Axes::EastFirst).expect("a filter");
    filter = costly.and(filter);
    let query = crate::features::Query { filter: Some(filter), ..Default::default() };
    assert_eq!(table.select(&query).expect_err("too costly").limit, WORK_MAX);
}

#[test]
fn the_order_of_coordinates_is_that_of_the_system() {
    let table = table();
    for (crs, axes, point) in [
        (Crs::Wgs84, Axes::EastFirst, "106.25 47.25"),
        (Crs::Wgs84, Axes::NorthFirst, "47.25 106.25"),
        (Crs::WebMercator, Axes::EastFirst, "11827694.6 5983262.1"),
        (Crs::Utm(48), Axes::EastFirst, "594600 5233700"),
    ] {
        let filter =
            Filter::text(&format!("S_INTERSECTS(geometry, POINT({point}))"), &table.fields, crs, axes);
        assert_eq!(select(&table, filter.expect("a filter")), ["a"], "{crs:?}");
    }
}

#[test]
fn folded_text_has_no_case() {
    for (a, b) in [("Straße", "STRASSE"), ("ẞ", "ss"), ("Οδος", "ΟΔΟΣ"), ("ЁӨҮ", "ёөү"), ("İ", "i\u{307}")]
    {
        assert_eq!(fold::fold(a), fold::fold(b), "{a} {b}");
    }
    assert_ne!(fold::fold("ı"), fold::fold("i"));
    assert_ne!(fold::fold("й"), fold::fold("и"));
}

/// A tree as text and as JSON.
fn written(node: &Node) -> (String, serde_json::Value) {
    use serde_json::json;
    match &node.kind {
        Kind::Text(text) => (format!("'{}'", text.replace('\'', "''")), json!(text)),
        Kind::Number(number) => (format!("{number:?}"), json!(number)),
        Kind::Boolean(truth) => (truth.to_string(), json!(truth)),
        Kind::Date(day) => (format!("DATE('{day}')"), json!({ "date": day })),
        Kind::Property(name) => (format!("\"{name}\""), json!({ "property": name })),
        Kind::List(nodes) => {
            let (texts, values): (Vec<_>, Vec<_>) = nodes.iter().map(written).unzip();
            (format!("({})", texts.join(", ")), json!(values))
        }
        Kind::Call(op, nodes) => {
            let (texts, values): (Vec<_>, Vec<_>) = nodes.iter().map(written).unzip();
            let name = op.name();
            let text = match op {
                Op::And | Op::Or => {
                    let parts: Vec<String> = texts.iter().map(|part| format!("({part})")).collect();
                    parts.join(&format!(" {name} "))
                }
                Op::Not => format!("NOT ({})", texts[0]),
                Op::IsNull => format!("{} IS NULL", texts[0]),
                Op::Between => format!("{} BETWEEN {} AND {}", texts[0], texts[1], texts[2]),
                Op::Compare(_) | Op::Like | Op::In => format!("{} {name} {}", texts[0], texts[1]),
                Op::Math(_) => format!("({} {name} {})", texts[0], texts[1]),
                _ => format!("{name}({})", texts.join(", ")),
            };
            (text, json!({ "op": name, "args": values }))
        }
        Kind::Timestamp(_) | Kind::Open | Kind::Interval(_) | Kind::Geometry(_) => unreachable!("not drawn"),
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn node(kind: Kind) -> Node {
        Node { place: Place::Whole, height: 0, kind }
    }

    fn call(name: &str, args: Vec<Node>) -> Node {
        node(Kind::Call(Op::from_name(name).expect("a name"), args))
    }

    fn number() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![
            (-8_000_000..8_000_000).prop_map(|n| node(Kind::Number(f64::from(n) / 8.0))),
            prop_oneof![Just("n"), Just("x")].prop_map(|name| node(Kind::Property(name.to_owned()))),
        ];
        leaf.prop_recursive(3, 8, 2, |inner| {
            let name =
                prop_oneof![Just("+"), Just("-"), Just("*"), Just("/"), Just("%"), Just("div"), Just("^")];
            (name, inner.clone(), inner).prop_map(|(name, a, b)| call(name, vec![a, b]))
        })
    }

    fn condition() -> impl Strategy<Value = Node> {
        let name = || node(Kind::Property("name".to_owned()));
        let comparison = prop_oneof![Just("="), Just("<>"), Just("<"), Just(">"), Just("<="), Just(">=")];
        let leaf = prop_oneof![
            any::<bool>().prop_map(|truth| node(Kind::Boolean(truth))),
            (comparison, number(), number()).prop_map(|(op, a, b)| call(op, vec![a, b])),
            (number(), number(), number()).prop_map(|(a, b, c)| call("between", vec![a, b, c])),
            number().prop_map(|a| call("isNull", vec![a])),
            "[ -~а-яөү%_]{0,8}"
                .prop_filter("escapes of quotes", |text| !text.contains('\\'))
                .prop_map(move |text| call("like", vec![name(), node(Kind::Text(text))])),
            prop::collection::vec(number(), 1..4).prop_map(|items| {
                call("in", vec![node(Kind::Property("n".to_owned())), node(Kind::List(items))])
            }),
            (0..9_000_i64).prop_map(|days| {
                let day = jiff::civil::date(2000, 1, 1).saturating_add(jiff::Span::new().days(days));
                call("t_after", vec![node(Kind::Property("since".to_owned())), node(Kind::Date(day))])
            }),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| call("and", parts)),
                prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| call("or", parts)),
                inner.prop_map(|denied| call("not", vec![denied])),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_tree_that_is_written_is_read_again(tree in condition()) {
            let (of_text, of_json) = written(&tree);
            prop_assert_eq!(&text::read(&of_text, &mut literals()).expect("text"), &tree, "{}", of_text);
            let of_json = of_json.to_string();
            prop_assert_eq!(&json::read(&of_json, &mut literals()).expect("JSON"), &tree, "{}", of_json);
        }

        #[test]
        fn what_is_not_true_is_false_or_unknown(tree in condition()) {
            let (of_text, _) = written(&tree);
            let rows = |cql2: String| found(&cql2).len();
            let (is, is_not) = (rows(of_text.clone()), rows(format!("NOT ({of_text})")));
            prop_assert_eq!(is + is_not + rows(format!("({of_text}) IS NULL")), ids(&table()).len());
        }

        #[test]
        fn no_text_makes_it_panic(noise in "\\PC{0,60}", words in prop::collection::vec(prop::sample::select(vec![
            "n", "name", "geometry", "(", ")", ",", "AND", "OR", "NOT", "=", "<", "1", "-", "'a'", "\"", "'", "\\",
            "LIKE", "IN", "IS", "NULL", "BETWEEN", "POINT", "POLYGON", "BBOX", "Z", "S_INTERSECTS", "T_AFTER",
            "INTERVAL", "DATE", "'..'", "'2020-01-01'", "CASEI", "é", "{", "}", "[", "]", ":", "\"op\"",
        ]), 0..30)) {
            let fields = table().fields;
            for cql2 in [noise, words.join(" "), words.concat()] {
                drop(text(&cql2, &fields, literals()));
                drop(json(&cql2, &fields, literals()));
            }
        }
    }
}
