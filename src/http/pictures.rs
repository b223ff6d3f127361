//! Still pictures of maps: SVG, and PNG for previews and documents.
//!
//! Owns: their addresses. A picture reads the same parameters as map, values and legend, so it cannot show
//! another figure; PNGs are drawn where all bodies are made, off the async threads and a few at a time.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::App;
use super::answer::{Answer, finish};
use super::cache::Key;
use super::coding::Coding;
use super::error::Error;
use super::maps::Map;
use super::openapi::Refusals;
use super::params::{Params, Path, shortened};
use crate::cartography::picture::{AskedFrame, Dress};
use crate::cartography::{self, Asked, Frame};

const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PictureParams {
    /// Vintage: `2022`; that of the cycle, else the newest, if not given.
    vintage: Option<String>,
    /// A cycle, or `all`; the newest of the vintage if not given.
    cycle: Option<String>,
    /// `khoroo` (default) or `district`.
    level: Option<String>,
    /// `count` (default) or `per10000` residents, which participation has not.
    rate: Option<String>,
    /// A theme, or `all` (default).
    theme: Option<String>,
    /// `ckmeans` (default), `quantile`, `equal_interval` or `manual`.
    method: Option<String>,
    /// Number of classes above zero (5 if not given); with `method=manual` their lower bounds: `1,2,5`.
    classes: Option<String>,
    /// `mn` or `en`; by `Accept-Language` if not given.
    lang: Option<String>,
    /// `map` (default): real shapes; `cells`: one equal square for each khoroo.
    form: Option<String>,
    /// `city` (default), or the code of a district or khoroo.
    area: Option<String>,
    /// `light` (default) or `dark`.
    scheme: Option<String>,
    /// In pixels, 1200 if not given, from 320 to 2400. From 700 on the picture is 1200 : 630. A PNG is as wide
    /// as the next of 320, 480, 640, 800, 1000, 1200, 1600, 2000, 2400.
    width: Option<String>,
}

impl PictureParams {
    fn asked(&self) -> Asked<'_> {
        Asked {
            vintage: self.vintage.as_deref(),
            cycle: self.cycle.as_deref(),
            level: self.level.as_deref(),
            rate: self.rate.as_deref(),
            theme: self.theme.as_deref(),
            method: self.method.as_deref(),
            classes: self.classes.as_deref(),
            lang: self.lang.as_deref(),
        }
    }

    fn frame(&self) -> Result<Frame, Error> {
        Ok(Frame::read(&AskedFrame {
            form: self.form.as_deref(),
            area: self.area.as_deref(),
            scheme: self.scheme.as_deref(),
            width: self.width.as_deref(),
        })?)
    }
}

/// Widths of PNGs: painting takes seconds, and a picture for each pixel more would be painted for nobody.
const PNG_WIDTHS: [u32; 9] = [320, 480, 640, 800, 1_000, 1_200, 1_600, 2_000, 2_400];

fn in_steps(mut frame: Frame) -> Frame {
    if let Dress::Framed { width_px, .. } = &mut frame.dress {
        *width_px = PNG_WIDTHS.into_iter().find(|step| step >= width_px).unwrap_or(*width_px);
    }
    frame
}

/// `GET /maps/{measure}.svg` or `.png`.
pub async fn get_picture(
    State(app): State<App>,
    Path(file): Path<String>,
    Params(params): Params<PictureParams>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    match file.rsplit_once('.') {
        Some((measure, "svg")) => svg(&app, measure, &params, &headers).await,
        Some((measure, "png")) => png(&app, measure, &params, &headers).await,
        _ => Err(Error::NoSuchPath { path: shortened(&file) }),
    }
}

/// A still picture of a map with title, legend, scale, date and source.
#[utoipa::path(get, path = "/maps/{measure}.svg", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), PictureParams),
    responses((status = 200, description = "SVG", content_type = "image/svg+xml", body = String), Refusals))]
pub(super) async fn svg(
    app: &App,
    measure: &str,
    params: &PictureParams,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let Map { world, query, negotiated } = Map::read(app, measure, &params.asked(), headers)?;
    let frame = params.frame()?;
    let key = Key { content: world.turn.clone(), answer: format!("svg {frame:?} {query:?}") };
    let make = move || Ok(cartography::picture(&world.snapshot, &query, &frame)?.into_bytes());
    let (body, hit) = app.bodies.plain(key, make).await?;
    app.metrics.plain(hit);
    app.respond(headers, Answer::new(body, SVG).in_language(negotiated)).await
}

/// The same picture in pixels, for previews and documents.
#[utoipa::path(get, path = "/maps/{measure}.png", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), PictureParams),
    responses((status = 200, description = "PNG", content_type = "image/png", body = Vec<u8>), Refusals))]
pub(super) async fn png(
    app: &App,
    measure: &str,
    params: &PictureParams,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let Map { world, query, negotiated } = Map::read(app, measure, &params.asked(), headers)?;
    let frame = in_steps(params.frame()?);
    let painter = app.painter()?.clone();
    let key = Key { content: world.turn.clone(), answer: format!("png {frame:?} {query:?}") };
    let make = move || {
        let svg = cartography::picture(&world.snapshot, &query, &frame)?;
        painter.png(&svg).map_err(Error::internal)
    };
    let (body, hit) = app.bodies.plain_slow(key, make).await?;
    app.metrics.plain(hit);
    // Compressed already; a client that refuses it so is told as everywhere.
    Coding::negotiate(headers)?;
    let answer = Answer::new(body.clone(), PNG).in_language(negotiated);
    Ok(finish(headers, &answer, body, Coding::Identity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_png_is_as_wide_as_the_next_step() {
        let check = |asked: &str, expected| {
            let frame =
                Frame::read(&AskedFrame { width: Some(asked), ..AskedFrame::default() }).expect("a frame");
            let Dress::Framed { width_px, .. } = in_steps(frame).dress else {
                panic!("a picture that stands alone")
            };
            assert_eq!(width_px, expected, "{asked}");
        };
        check("320", 320);
        check("321", 480);
        check("1200", 1_200);
        check("1201", 1_600);
        check("2400", 2_400);
    }
}
