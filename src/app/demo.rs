//! `hlp demo`: a store of invented data, of any size.

use anyhow::anyhow;

use super::{Failure, say, stores};
use crate::config::DemoArgs;
use crate::demo::{DemoOptions, KHOROOS_MAX, KHOROOS_MIN};
use crate::store::{self, Location, Mode};

pub async fn demo(args: DemoArgs) -> Result<(), Failure> {
    if !(KHOROOS_MIN..=KHOROOS_MAX).contains(&args.khoroos) {
        return Err(Failure::usage(format!("--khoroos must be from {KHOROOS_MIN} to {KHOROOS_MAX}")));
    }
    let options = DemoOptions { khoroos: args.khoroos, seed: args.seed };
    let location = stores::location(&args.out)?;
    match &location {
        Location::GeoPackage(path) if path.exists() => {
            return Err(anyhow!("`{location}` is there already").into());
        }
        Location::GeoPackage(path) => stores::make_demo_file(path, options).await?,
        Location::Postgis(_) => {
            let store = store::open(&location, Mode::CreateEmpty).await?;
            let revision = stores::must_be_empty(&store).await?;
            stores::fill_with_demo(&store, revision, options).await?;
        }
    }
    say(format_args!("invented data in {location}"));
    Ok(())
}
