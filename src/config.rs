//! Settings: flag, then environment, then default.
//!
//! Every flag `--name` of every command has a twin in the environment, `HLP_NAME` (hyphens become
//! underscores). This is the only module that reads the environment, and it holds no behaviour
//! beyond turning texts into values. A limit's help says what breaks when it is too low or too high.
//!
//! Owns: names, defaults and help of all settings. Leaves what they do to the rooms that get them.

mod shown;
mod values;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;

use crate::model::tile::ZOOM_MAX;
pub use shown::ShownArgs;

/// Where the public listener is, unless told.
pub const LISTEN_DEFAULT: &str = "127.0.0.1:8080";

/// Boundaries and records of Ulaanbaatar's Horizontal Learning Process in; tiles, styles and figures out.
#[derive(Debug, Parser)]
#[command(name = "hlp", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub log: LogArgs,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve tiles, styles, figures and the map viewer
    Serve(Box<ServeArgs>),
    /// Take boundaries into the store, all or nothing
    Ingest(IngestArgs),
    /// Read records from workbooks and text files into a store
    Import(ImportArgs),
    /// Report faults in the store: topology, and rules between rows
    Check(CheckArgs),
    /// Bring the store's schema up to date
    Migrate(MigrateArgs),
    /// Make a store with invented data
    Demo(DemoArgs),
    /// Copy everything from one store into another, empty one
    Copy(CopyArgs),
    /// Write a collection to a file, the same bytes as under /exports
    Export(ExportArgs),
    /// Write all tiles of a set to one file, the same tiles as under /tiles
    ExportTiles(ExportTilesArgs),
    /// Write the public map and its pages as a folder that any web server shows without this program
    ExportSite(ExportSiteArgs),
}

#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// What to log: a level, or filters such as `info,hlp_tracker::http=debug`
    #[arg(long, env = "HLP_LOG", default_value = "info", global = true, value_name = "FILTER")]
    pub log: String,
    /// How to log; `auto` is text on a terminal and JSON otherwise
    #[arg(long, env = "HLP_LOG_FORMAT", default_value = "auto", global = true, value_name = "FORM")]
    pub log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Auto,
    Text,
    Json,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, a store of demo data in the user's data folder
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Create the named store with demo data if it is missing or empty
    #[arg(long, env = "HLP_DEMO", value_parser = BoolishValueParser::new())]
    pub demo: bool,
    /// Address of the public listener; port 0 takes a free one
    #[arg(long, env = "HLP_LISTEN", default_value = LISTEN_DEFAULT, value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Address of a second listener for the office: metrics, and figures that are not public
    #[arg(long, env = "HLP_INTERNAL_LISTEN", value_name = "ADDR")]
    pub internal_listen: Option<SocketAddr>,
    /// Allow `--internal-listen` on an address that other machines reach; it has no login
    #[arg(long, env = "HLP_INTERNAL_ANYWHERE", value_parser = BoolishValueParser::new())]
    pub internal_anywhere: bool,
    /// Address under which people reach the service, with its path: `https://ulaanbaatar.mn/hlp`
    #[arg(long, env = "HLP_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Names besides `localhost` under which the second listener is reached; others are refused,
    /// because any site can let a name of its own point there
    #[arg(long, env = "HLP_INTERNAL_HOSTS", value_name = "LIST", value_delimiter = ',')]
    pub internal_hosts: Vec<String>,
    /// Proxies whose forwarded headers are believed, as addresses or CIDR blocks
    #[arg(long, env = "HLP_TRUSTED_PROXIES", value_name = "LIST", value_delimiter = ',', value_parser = values::ip_net)]
    pub trusted_proxies: Vec<IpNet>,
    /// Headers that these proxies write; the others are ignored. The proxy must overwrite (or remove)
    /// `X-Forwarded-Host`, `-Proto` and `-Prefix`, or extend `Forwarded`, or visitors choose them
    #[arg(long, env = "HLP_FORWARDED_HEADERS", default_value = "x-forwarded", value_name = "FAMILY")]
    pub forwarded_headers: ForwardedArg,
    #[command(flatten)]
    pub shown: ShownArgs,
    /// Sites that may show the viewer in a frame, as origins: `https://ulaanbaatar.mn`
    #[arg(long, env = "HLP_EMBED_HOSTS", value_name = "LIST", value_delimiter = ',')]
    pub embed_hosts: Vec<String>,
    /// When offices receive on working days, up to three times of a day: `09:00-12:00,13:00-17:00`
    #[arg(long, env = "HLP_OFFICE_HOURS", default_value = "09:00-17:00", value_name = "TIMES")]
    pub office_hours: String,
    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ForwardedArg {
    /// `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`
    XForwarded,
    /// `Forwarded`, as RFC 7239 has it
    Forwarded,
}

#[derive(Debug, Clone, Args)]
pub struct LimitArgs {
    /// Largest clean-up of borders edited elsewhere that a load may do by itself, in m2, ha or km2; beyond it the
    /// old state stays. Too low: slips of a hand in QGIS stop updates. Too high: real mistakes pass unseen
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_name = "AREA", value_parser = values::area_m2)]
    pub max_fix: f64,
    /// Requests worked on at the same time; more get 503.
    /// Too low: visitors are turned away. Too high: memory, and all become slow together
    #[arg(long, env = "HLP_MAX_REQUESTS", default_value_t = 256, value_name = "N", value_parser = values::at_least_one)]
    pub max_requests: usize,
    /// Open connections; more wait. Too low: slow clients keep others out. Too high: file descriptors run out
    #[arg(long, env = "HLP_MAX_CONNECTIONS", default_value_t = 1024, value_name = "N", value_parser = values::at_least_one)]
    pub max_connections: usize,
    /// Time for one answer. Too low: first tiles of a large set fail. Too high: a stuck request holds its place
    #[arg(long, env = "HLP_REQUEST_TIMEOUT", default_value = "15s", value_name = "TIME", value_parser = values::duration)]
    pub request_timeout: Duration,
    /// Time for a client to send a request's head, also between requests of one connection.
    /// Too low: slow phones fail. Too high: idle clients hold connections
    #[arg(long, env = "HLP_HEAD_TIMEOUT", default_value = "20s", value_name = "TIME", value_parser = values::duration)]
    pub head_timeout: Duration,
    /// Time that a client may leave an answer unread. Too low: slow phones fail. Too high: as above
    #[arg(long, env = "HLP_WRITE_TIMEOUT", default_value = "30s", value_name = "TIME", value_parser = values::duration)]
    pub write_timeout: Duration,
    /// Time that requests under way get at shutdown. Too low: cut answers. Too high: slow restarts
    #[arg(long, env = "HLP_SHUTDOWN_TIMEOUT", default_value = "20s", value_name = "TIME", value_parser = values::duration)]
    pub shutdown_timeout: Duration,
    /// Largest tile before compression. Too low: dense tiles are refused. Too high: browsers stall on them
    #[arg(long, env = "HLP_MAX_TILE", default_value = "8MiB", value_name = "SIZE", value_parser = values::size_bytes)]
    pub max_tile: u64,
    /// Memory for encoded and compressed answers; a few times `--max-tile` at least.
    /// Too low: tiles are made again and again. Too high: memory
    #[arg(long, env = "HLP_CACHE", default_value = "128MiB", value_name = "SIZE", value_parser = values::size_bytes)]
    pub cache: u64,
}

#[derive(Debug, Args)]
pub struct IngestArgs {
    /// GeoJSON, GeoJSON text sequence, JSON array, KML or KMZ, Shapefile (plain or zipped) or GeoPackage
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Store, created if it is missing; without it, the default store of `hlp serve`
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Name of the set of boundaries: `2022`
    #[arg(long, env = "HLP_VINTAGE")]
    pub vintage: String,
    /// First day of the vintage; closes the one before
    #[arg(long, env = "HLP_VALID_FROM", value_name = "DATE")]
    pub valid_from: Option<jiff::civil::Date>,
    /// What the features are
    #[arg(long, env = "HLP_LEVEL", default_value = "khoroo")]
    pub level: LevelArg,
    /// Coordinate system, where the file does not say: EPSG:4326, 3857, 32646 to 32649
    #[arg(long, env = "HLP_CRS", value_name = "EPSG:n")]
    pub crs: Option<String>,
    /// Layer or table, where the file has several
    #[arg(long, env = "HLP_LAYER")]
    pub layer: Option<String>,
    /// Columns that are not found by themselves: `district=duureg,number=khoroo_no`
    #[arg(long, env = "HLP_MAP", value_name = "FIELD=COLUMN,…")]
    pub map: Option<String>,
    /// Where the boundaries come from, as shown beside the map; a known vintage keeps what it says
    #[arg(long, env = "HLP_SOURCE", value_name = "TEXT")]
    pub source: Option<String>,
    /// Refuse unless the vintage gets exactly this many units; also agrees to losing many khoroos
    #[arg(long, env = "HLP_EXPECT", value_name = "N")]
    pub expect: Option<usize>,
    /// Largest overlap or gap that is repaired without being told how, in m2, ha or km2: it goes to the unit with
    /// the longest common border. Also the most ground that a ring may gain or lose by being made valid
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_name = "AREA", value_parser = values::area_m2)]
    pub max_fix: f64,
    /// Who gets the ground that two units claim, where it is larger than `--max-fix`; smaller pieces go to the
    /// longest common border
    #[arg(long, env = "HLP_RESOLVE")]
    pub resolve: Option<ResolveArg>,
    /// What happens to ground that nobody claims, where it is larger than `--max-fix`
    #[arg(long, env = "HLP_GAPS")]
    pub gaps: Option<GapsArg>,
    /// Decisions on single overlaps and gaps of any size: lines `lon,lat,winner`, the winner a code (`bzd-26`), a
    /// name (`Баянзүрх 26`) or `outside`. A gap that is filled is decided piece by piece, as it is listed
    #[arg(long, env = "HLP_DECISIONS", value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// After a refusal, write what is to be decided here, as lines for `--decisions` without winners: fill them in
    #[arg(long, env = "HLP_DECISIONS_TEMPLATE", value_name = "FILE")]
    pub decisions_template: Option<PathBuf>,
    /// Remove the invented data that the store holds, in the same step
    #[arg(long, env = "HLP_REPLACE_DEMO", value_parser = BoolishValueParser::new())]
    pub replace_demo: bool,
    /// Report only; write nothing
    #[arg(long, env = "HLP_DRY_RUN", value_parser = BoolishValueParser::new())]
    pub dry_run: bool,
    /// Write the report here too (JSON)
    #[arg(long, env = "HLP_REPORT", value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Workbooks (.xlsx) with a sheet per kind of record, or CSV files named after the kind
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Store, created if it is missing; without it, the default store of `hlp serve`
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Write an empty workbook to fill, with the code lists of the store
    #[arg(long, env = "HLP_TEMPLATE", value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Kind of record of sheets and files whose name is none: `practices`
    #[arg(long = "as", env = "HLP_AS", value_name = "NAME")]
    pub kind: Option<String>,
    /// Remove the invented data that the store holds, in the same step
    #[arg(long, env = "HLP_REPLACE_DEMO", value_parser = BoolishValueParser::new())]
    pub replace_demo: bool,
    /// Report only; write nothing
    #[arg(long, env = "HLP_DRY_RUN", value_parser = BoolishValueParser::new())]
    pub dry_run: bool,
    /// Write the report here too (JSON)
    #[arg(long, env = "HLP_REPORT", value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelArg {
    Khoroo,
    District,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResolveArg {
    /// The one that claims less ground in all
    Smaller,
    /// The one that claims more ground in all
    Larger,
    /// The one whose code comes first
    First,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GapsArg {
    /// They go to the unit with the longest common border
    Fill,
    /// They stay holes
    Keep,
    /// The files are refused with a list
    Refuse,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, the default store
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Borders that differ by less are counted as mended: `1ha`, `500m2`, `0.5km2`
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_name = "AREA", value_parser = values::area_m2)]
    pub max_fix: f64,
}

#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, the default store
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Store to make; or its records alone as a workbook (`….xlsx`) or a folder of CSV files (`…/`). A file must
    /// not be there yet
    #[arg(long, env = "HLP_OUT", value_name = "STORE")]
    pub out: String,
    /// Khoroos of the newest vintage; 204 as in the city, up to a country's worth
    #[arg(long, env = "HLP_KHOROOS", default_value_t = 204, value_name = "N")]
    pub khoroos: usize,
    /// Equal seeds give equal data
    #[arg(long, env = "HLP_SEED", default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Records in a hundred of the published numbers; 0 for a city without any
    #[arg(long, env = "HLP_RECORDS", default_value_t = 100, value_name = "PERCENT",
          value_parser = clap::value_parser!(u8).range(0..=100))]
    pub records: u8,
}

#[derive(Debug, Args)]
pub struct CopyArgs {
    /// Store to read: a path, `gpkg:PATH` or `postgres://…`
    #[arg(long, env = "HLP_FROM", value_name = "STORE")]
    pub from: String,
    /// Store to fill; it must be empty or missing
    #[arg(long, env = "HLP_TO", value_name = "STORE")]
    pub to: String,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// `khoroos`, `khoroos-2020`, `districts`, `khoroo-versions`, `lineage`, `practices`, `replications`, `indicators`; `all` as layers of a GeoPackage
    #[arg(value_name = "COLLECTION")]
    pub collection: String,
    /// `geojson`, `geojsonl` (a feature a line), `geojsons` (RFC 8142), `csv`, `xlsx`, `shp.zip`, `kml`, `gpkg`, `fgb`, `parquet`; by the ending of the output if not given
    #[arg(long, env = "HLP_FORMAT", value_name = "FORMAT")]
    pub format: Option<String>,
    /// EPSG code of the coordinates, as far as the format knows it: 4326 (the default), 3857, 32648
    #[arg(long, env = "HLP_CRS", value_name = "EPSG:n")]
    pub crs: Option<String>,
    /// Titles in English instead of Mongolian
    #[arg(long, env = "HLP_ENGLISH", value_parser = BoolishValueParser::new())]
    pub english: bool,
    /// Of CSV: `wkt` (the default), `point` for columns `x` and `y`, `none`
    #[arg(long, env = "HLP_GEOMETRY", value_name = "COLUMNS")]
    pub geometry: Option<String>,
    /// Of CSV: a byte order mark, by which Excel knows Cyrillic
    #[arg(long, env = "HLP_BOM", value_parser = BoolishValueParser::new())]
    pub bom: bool,
    /// Licence that the file names
    #[arg(long, env = "HLP_LICENCE", value_name = "TEXT")]
    pub licence: Option<String>,
    /// File to write, which must not be there yet; standard output if not given or `-`
    #[arg(long, short, env = "HLP_OUTPUT", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, the store in the user's data folder
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Overlaps and gaps up to this area are mended while reading
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_parser = values::area_m2, value_name = "AREA")]
    pub max_fix: f64,
}

#[derive(Debug, Args)]
pub struct ExportTilesArgs {
    /// `pmtiles` or `mbtiles`; by the ending of the output if not given
    #[arg(long, env = "HLP_FORMAT", value_name = "FORMAT")]
    pub format: Option<String>,
    /// `tracker-2022`, `boundaries-2022`, `context`; with the figures of the newest boundaries if not given
    #[arg(long, env = "HLP_TILESET", value_name = "TILESET")]
    pub tileset: Option<String>,
    /// First zoom, from 0
    #[arg(long, env = "HLP_MIN_ZOOM", default_value_t = 0, value_name = "ZOOM")]
    pub min_zoom: u8,
    /// Last zoom, up to 16. Lower: a smaller file, which maps magnify further in; practices stand alone from 14
    #[arg(long, env = "HLP_MAX_ZOOM", default_value_t = ZOOM_MAX, value_name = "ZOOM")]
    pub max_zoom: u8,
    /// Titles in English instead of Mongolian
    #[arg(long, env = "HLP_ENGLISH", value_parser = BoolishValueParser::new())]
    pub english: bool,
    /// Licence that the file names
    #[arg(long, env = "HLP_LICENCE", value_name = "TEXT")]
    pub licence: Option<String>,
    /// File to write, which must not be there yet; named after the tileset if not given
    #[arg(long, short, env = "HLP_OUTPUT", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, the store in the user's data folder
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Overlaps and gaps up to this area are mended while reading
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_parser = values::area_m2, value_name = "AREA")]
    pub max_fix: f64,
}

#[derive(Debug, Args)]
pub struct ExportSiteArgs {
    /// Folder to make, which must not be there yet
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Address of the service that this is a copy of, which pages then name: `https://ulaanbaatar.mn/hlp`
    #[arg(long, env = "HLP_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Last zoom of tiles, up to 16; maps magnify them further in. 16 adds a fifth to the folder, a lower one takes little off it; practices stand alone from 14
    #[arg(long, env = "HLP_MAX_ZOOM", default_value_t = 14, value_name = "ZOOM")]
    pub max_zoom: u8,
    #[command(flatten)]
    pub shown: ShownArgs,
    /// Store: a path, `gpkg:PATH` or `postgres://…`; without it, the store in the user's data folder
    #[arg(long, env = "HLP_STORE", value_name = "STORE")]
    pub store: Option<String>,
    /// Overlaps and gaps up to this area are mended while reading
    #[arg(long, env = "HLP_MAX_FIX", default_value = "1ha", value_parser = values::area_m2, value_name = "AREA")]
    pub max_fix: f64,
}

/// Folder for the default store: `$XDG_DATA_HOME/hlp`, else `~/.local/share/hlp`, else `./var`.
pub fn data_folder() -> PathBuf {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| set("HOME").map(|home| home.join(".local/share")))
        .map_or_else(|| PathBuf::from("var"), |folder| folder.join("hlp"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_flag_has_a_twin_in_the_environment() {
        for command in Cli::command().get_subcommands() {
            for arg in command.get_arguments().filter(|arg| arg.get_id() != "help") {
                let Some(flag) = arg.get_long() else { continue };
                let twin = arg.get_env().map(|name| name.to_string_lossy().into_owned());
                let expected = format!("HLP_{}", flag.to_uppercase().replace('-', "_"));
                assert_eq!(twin.as_deref(), Some(expected.as_str()), "{} --{flag}", command.get_name());
            }
        }
        Cli::command().debug_assert();
    }
}
