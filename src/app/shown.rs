//! What a service and a copy of it show besides the store's own, as settings.

use std::path::Path;

use anyhow::Context as _;

use super::Failure;
use crate::config::ShownArgs;
use crate::http::Settings;
use crate::partners::{self, TravelTimes};
use crate::visits::calendar::Calendar;

/// With what else pages show; the context's archive is opened apart.
pub fn settings(args: &ShownArgs) -> Result<Settings, Failure> {
    Ok(Settings {
        contact: args.contact.clone(),
        licence: args.licence.clone(),
        partners: partners(args)?,
        travel_times: args.travel_times.as_deref().map(travel_times).transpose()?.unwrap_or_default(),
        calendar: args.holidays.as_deref().map(holidays).transpose()?.unwrap_or_default(),
        ..Settings::default()
    })
}

fn partners(args: &ShownArgs) -> Result<partners::Settings, Failure> {
    let weights = args.partner_weights.as_deref().map(str::parse).transpose();
    let travel = args.travel.as_deref().map(str::parse).transpose();
    Ok(partners::Settings {
        weights: weights.map_err(|e| Failure::usage(format!("--partner-weights: {e}")))?.unwrap_or_default(),
        travel: travel.map_err(|e| Failure::usage(format!("--travel: {e}")))?.unwrap_or_default(),
    })
}

fn travel_times(file: &Path) -> Result<TravelTimes, Failure> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read `{shown}`"))?;
    Ok(TravelTimes::parse(&text).with_context(|| format!("no travel times in `{shown}`"))?)
}

fn holidays(file: &Path) -> Result<Calendar, Failure> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read `{shown}`"))?;
    Ok(Calendar::read(&text).with_context(|| format!("no table of holidays in `{shown}`"))?)
}
