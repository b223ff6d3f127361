//! Whole pyramids as files: the served tiles and no other, as independent programs read them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use hlp_tracker::exports::pyramid::{Container, Made, Progress, Pyramid, PyramidError};
use hlp_tracker::model::orientation::Attribution;
use hlp_tracker::model::{Lang, TileCoord};
use hlp_tracker::pmtiles::Archive;
use hlp_tracker::tiles::{self, Cover, Tileset};
use rusqlite::{Connection, OpenFlags};

use super::city;
use crate::support::judge;
use crate::support::server::{Process, hlp};

/// Deepest zoom that is walked here.
const ZOOM: u8 = 12;

/// Columns and rows around the ground of the data that are looked at too; up to zoom 5 all are.
const MARGIN: u32 = 3;

fn pyramid(tileset: &Tileset) -> Pyramid<'_> {
    Pyramid {
        snapshot: city(),
        tileset,
        zooms: 0..=ZOOM,
        licence: Some("CC BY 4.0"),
        lang: Lang::En,
        ready: None,
    }
}

fn write(pyramid: &Pyramid<'_>, container: Container, place: &Path) -> Made {
    pyramid.write(container, place, |_| Ok(())).expect("written")
}

fn tileset(name: &str) -> Tileset {
    name.parse().expect("a tileset")
}

/// Tiles with their bytes, those that are not empty.
fn encoded(tileset: &Tileset) -> BTreeMap<TileCoord, Vec<u8>> {
    let cover = Cover::of(city(), tileset).expect("has ground");
    let mut tiles = BTreeMap::new();
    for z in 0..=ZOOM {
        let last = (1 << z) - 1;
        let [west, north, east, south] = if z <= 5 { [0, 0, last, last] } else { cover.limits(z) };
        for x in west.saturating_sub(MARGIN)..=last.min(east + MARGIN) {
            for y in north.saturating_sub(MARGIN)..=last.min(south + MARGIN) {
                let tile = TileCoord::new(z.into(), x, y).expect("on the grid");
                let bytes = tiles::encode(city(), tileset, tile).expect("encoded").expect("there");
                if !bytes.is_empty() {
                    tiles.insert(tile, bytes);
                }
            }
        }
    }
    tiles
}

fn open_mbtiles(place: &Path) -> Connection {
    Connection::open_with_flags(place, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database")
}

#[test]
fn a_pyramid_holds_every_tile_that_is_served_and_no_other() {
    let home = tempfile::tempdir().expect("a folder");
    for name in ["tracker-2022", "boundaries-2022"] {
        let tileset = tileset(name);
        let expected = encoded(&tileset);
        let place = home.path().join(format!("{name}.pmtiles"));
        let made = write(&pyramid(&tileset), Container::PmTiles, &place);
        assert_eq!(made.n_tiles, expected.len() as u64, "{name}");
        let archive = Archive::open(File::open(&place).expect("there"), Attribution::plain).expect("whole");
        for (&tile, bytes) in &expected {
            assert!(archive.tile(tile, 1 << 24).expect("whole") == *bytes, "{name}, {tile}");
        }
        let place = home.path().join(format!("{name}.mbtiles"));
        assert_eq!(write(&pyramid(&tileset), Container::MbTiles, &place), made);
        let connection = open_mbtiles(&place);
        let mut rows = connection
            .prepare("select zoom_level, tile_column, tile_row, tile_data from tiles order by 1, 2, 3")
            .expect("the view that readers know");
        let read = rows.query_map((), |row| {
            let (z, x, from_south): (u32, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let packed: Vec<u8> = row.get(3)?;
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
            Ok((TileCoord::new(z, x, (1 << z) - 1 - from_south).expect("on the grid"), bytes))
        });
        let read: BTreeMap<_, _> = read.expect("rows").map(|row| row.expect("a row")).collect();
        assert!(read == expected, "{name}");
    }
}

#[test]
fn equal_snapshots_give_equal_files_that_say_what_they_are() {
    let home = tempfile::tempdir().expect("a folder");
    let tileset = tileset("tracker-2022");
    let few = || Pyramid { zooms: 5..=9, ..pyramid(&tileset) };
    let bytes_of = |container, name: &str| {
        let place = home.path().join(name);
        write(&few(), container, &place);
        std::fs::read(place).expect("there")
    };
    for (word, container) in Container::ALL {
        let [one, two] = ["one", "two"].map(|name| bytes_of(container, &format!("{name}.{word}")));
        assert!(one == two, "{word}");
    }
    let connection = open_mbtiles(&home.path().join("one.mbtiles"));
    let told = |name: &str| -> String {
        let sql = "select value from metadata where name = ?1";
        connection.query_row(sql, [name], |row| row.get(0)).unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    assert_eq!(
        ["format", "minzoom", "maxzoom", "licence", "vintage", "illustrative", "language"].map(told),
        ["pbf", "5", "9", "CC BY 4.0", "2022", "true", "en"]
    );
    assert_eq!(told("name"), "Good practices: Khoroos of 2022 (invented, after a city of 204)");
    assert!(told("attribution").contains("invented data"));
    let decimals = |number: &str| number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert!(told("center").split(',').all(|number| decimals(number) <= 7), "{}", told("center"));
    assert!(told("published_at").ends_with('Z') && told("revision").parse::<i64>().is_ok());
    let json: serde_json::Value = serde_json::from_str(&told("json")).expect("JSON");
    let khoroos = json["vector_layers"].as_array().expect("layers").iter().find(|l| l["id"] == "khoroos");
    let khoroos = khoroos.expect("among them");
    assert_eq!((&khoroos["minzoom"], &khoroos["maxzoom"]), (&6.into(), &9.into()));
    assert_eq!(khoroos["fields"]["code"], "String");
    assert_eq!(khoroos["fields"]["identifications"], "Number");
    let integrity: String =
        connection.query_row("pragma integrity_check", (), |row| row.get(0)).expect("checked");
    assert_eq!(integrity, "ok");

    let archive = File::open(home.path().join("one.pmtiles")).expect("there");
    let archive = Archive::open(archive, Attribution::plain).expect("whole");
    assert_eq!((archive.about.zoom_min, archive.about.zoom_max), (5, 9));
    let steps = |degrees: [f64; 4]| degrees.map(|v| (v * 1e7).round() as i64);
    let ground = Cover::of(city(), &tileset).expect("there").bounds.degrees();
    assert_eq!(steps(archive.about.bounds), steps(ground));
    assert!(archive.about.layers.iter().any(|layer| layer.id == "replications"));
}

#[test]
fn the_formats_own_reader_finds_the_same_tiles_in_both_files() {
    let home = tempfile::tempdir().expect("a folder");
    let tileset = tileset("tracker-2022");
    let [archive, database] = Container::ALL.map(|(word, container)| {
        let place = home.path().join(format!("city.{word}"));
        (write(&pyramid(&tileset), container, &place), place)
    });
    let output = judge("pyramid.py").arg(&archive.1).arg(&database.1).output().expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["tiles"], archive.0.n_tiles);
    assert_eq!((&told["looked_up"], &told["differing"]), (&true.into(), &serde_json::json!([])));
    let header = &told["header"];
    assert_eq!(header["addressed_tiles_count"], archive.0.n_tiles);
    assert_eq!(header["tile_contents_count"], archive.0.n_contents);
    assert_eq!((&header["clustered"], &header["tile_type"]), (&true.into(), &"MVT".into()));
    assert_eq!((&header["min_zoom"], &header["max_zoom"]), (&0.into(), &ZOOM.into()));
    assert_eq!(
        (&told["metadata"]["licence"], &told["metadata"]["illustrative"]),
        (&"CC BY 4.0".into(), &true.into())
    );
}

#[test]
fn gdal_reads_layers_and_kinds_of_fields() {
    let home = tempfile::tempdir().expect("a folder");
    let tileset = tileset("tracker-2022");
    let place = home.path().join("city.mbtiles");
    write(&pyramid(&tileset), Container::MbTiles, &place);
    let output = Command::new("ogrinfo")
        .args(["-ro", "-so", "-oo", "ZOOM_LEVEL=10"])
        .arg(&place)
        .arg("khoroos")
        .output()
        .expect("ogrinfo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said} {}", String::from_utf8_lossy(&output.stderr));
    for line in ["Layer name: khoroos", "code: String", "population: Real", "area_km2: Real"] {
        assert!(said.replace(" (0.0)", "").contains(line), "no `{line}` in {said}");
    }
    let count = said.lines().find_map(|line| line.strip_prefix("Feature Count: ")).expect("counted");
    assert!(count.parse::<usize>().expect("a number") >= 204, "{said}");
}

#[test]
fn whoever_listens_can_end_the_work() {
    let home = tempfile::tempdir().expect("a folder");
    let tileset = tileset("boundaries-2022");
    let place = home.path().join("city.mbtiles");
    let stop = |progress: Progress| {
        assert!(progress.n_done <= 1 && progress.n_all > 1);
        if progress.n_done < 1 { Ok(()) } else { Err(std::io::ErrorKind::Interrupted.into()) }
    };
    let ended = pyramid(&tileset).write(Container::MbTiles, &place, stop);
    assert!(matches!(ended, Err(PyramidError::Io(error)) if error.kind() == std::io::ErrorKind::Interrupted));
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_command_leaves_a_whole_file_or_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let store = home.path().join("demo.gpkg");
    let made = hlp(home.path()).args(["demo", "--out"]).arg(&store).status().expect("runs");
    assert!(made.success());
    let folder = home.path().join("out");
    std::fs::create_dir(&folder).expect("makes");
    let run = |args: &[&str]| {
        let mut command = hlp(home.path());
        command.arg("export-tiles").args(args).current_dir(&folder).env("HLP_STORE", &store);
        let output = command.output().expect("runs");
        let (told, failed) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        (output.status.code(), told.into_owned(), failed.into_owned())
    };
    let check = |args: &[&str], code: i32, words: &str| {
        let (found, told, failed) = run(args);
        assert_eq!(found, Some(code), "{args:?}: {failed}");
        assert!(told.contains(words) || failed.contains(words), "{args:?}: no `{words}` in {told}{failed}");
    };
    check(&["--format", "zip"], 2, "--format: `zip` is no format of tiles; there are pmtiles, mbtiles");
    check(&[], 2, "--format is missing: pmtiles, mbtiles");
    check(&["-o", "a.pmtiles", "--max-zoom", "17"], 2, "--max-zoom 17 is beyond the deepest zoom 16");
    let crossed = ["-o", "a.pmtiles", "--min-zoom", "9", "--max-zoom", "8"];
    check(&crossed, 2, "--min-zoom 9 is beyond --max-zoom 8");
    check(&["-o", "a.pmtiles", "--tileset", "tracker-1999"], 2, "--tileset: there is no `tracker-1999`");
    assert!(entries(&folder).is_empty());

    check(&["--format", "pmtiles", "--max-zoom", "7"], 0, "are in tracker-2022.pmtiles");
    let before = std::fs::read(folder.join("tracker-2022.pmtiles")).expect("there");
    check(&["--format", "pmtiles", "--max-zoom", "6"], 1, "`tracker-2022.pmtiles` is there already");
    assert!(std::fs::read(folder.join("tracker-2022.pmtiles")).expect("there") == before);

    for name in ["b.pmtiles", "b.mbtiles"] {
        let mut command = hlp(home.path());
        command.args(["export-tiles", "-o", name]).current_dir(&folder).env("HLP_STORE", &store);
        let mut running = Process::start(&mut command);
        running.logged("looking at");
        running.signal("TERM");
        assert_eq!(running.wait().code(), Some(1));
        assert_eq!(entries(&folder), ["tracker-2022.pmtiles"], "{name}");
    }
}
