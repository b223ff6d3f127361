//! What maps and pages show besides the store's own: the same for a service and for a copy of it.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Clone, Args)]
pub struct ShownArgs {
    /// Context under and over the map's colours: a `.pmtiles` archive of vector tiles, or a GeoPackage with
    /// layers of roads, rivers, water, built-up areas, names of places; takes the place of the store's own
    #[arg(long, env = "HLP_CONTEXT", value_name = "FILE")]
    pub context: Option<PathBuf>,
    /// Whom maps name as the source of `--context`, instead of what the file says
    #[arg(long, env = "HLP_CONTEXT_ATTRIBUTION", value_name = "TEXT", requires = "context")]
    pub context_attribution: Option<String>,
    /// Landmarks or addresses that the search finds: CSV, XLSX, GeoJSON or GeoPackage with `name_mn` (or
    /// `name`), `lon` and `lat` (or points), and as you like `name_en`, `kind`, `address`
    #[arg(long, env = "HLP_LANDMARKS", value_name = "FILE")]
    pub landmarks: Option<PathBuf>,
    /// Whom to tell of an error in the data, as pages show it: an address, a mail address or words
    #[arg(long, env = "HLP_CONTACT", value_name = "TEXT")]
    pub contact: Option<String>,
    /// Licence of the data, as pages show it: an address or words; without it they say "not stated"
    #[arg(long, env = "HLP_LICENCE", value_name = "TEXT")]
    pub licence: Option<String>,
    /// How much each part of a suggestion's score counts, 1 together; what is not named keeps its weight:
    /// `need=0.35,proximity=0.20,quality=0.15,setting=0.12,ease=0.10,capacity=0.08`
    #[arg(long, env = "HLP_PARTNER_WEIGHTS", value_name = "NAME=NUMBER,…")]
    pub partner_weights: Option<String>,
    /// How ways between khoroos are estimated: `detour=1.4,speed_kmh=25,winter=1.25,on_site_max_min=120`
    #[arg(long, env = "HLP_TRAVEL", value_name = "NAME=NUMBER,…")]
    pub travel: Option<String>,
    /// Travel times that go before estimates and the store's: CSV with `from`, `to` (`bzd-26`, or `2022:bzd-26`)
    /// and `minutes`, one way
    #[arg(long, env = "HLP_TRAVEL_TIMES", value_name = "FILE")]
    pub travel_times: Option<PathBuf>,
    /// Days on which offices are shut, instead of the table that comes with the program: CSV with `day`, `name_mn`,
    /// `name_en`
    #[arg(long, env = "HLP_HOLIDAYS", value_name = "FILE")]
    pub holidays: Option<PathBuf>,
}
