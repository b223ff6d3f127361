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
use super::maps::{Map, MapParams};
use super::openapi::Refusals;
use super::params::{Both, Params, Path, shortened};
use crate::cartography::picture::{AskedFrame, Dress, settled};
use crate::cartography::{self, Frame};

const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FrameParams {
    /// `map` (default): real shapes; `cells`: one equal square for each khoroo.
    form: Option<String>,
    /// `city` (default), or the code of a district or khoroo.
    area: Option<String>,
    /// The code of a khoroo, or on a map by district of a district, which is outlined and named with its figure
    /// where the picture shows it.
    select: Option<String>,
    /// `light` (default) or `dark`.
    scheme: Option<String>,
    /// In pixels, 1200 if not given, from 320 to 2400. From 700 on the picture is 1200 : 630. A PNG is as wide
    /// as the next of 320, 480, 640, 800, 1000, 1200, 1600, 2000, 2400.
    width: Option<String>,
}

impl FrameParams {
    fn frame(&self) -> Result<Frame, Error> {
        Ok(Frame::read(&AskedFrame {
            form: self.form.as_deref(),
            area: self.area.as_deref(),
            select: self.select.as_deref(),
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
    Params(Both { first, second }): Params<Both<MapParams, FrameParams>>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    match file.rsplit_once('.') {
        Some((measure, "svg")) => svg(&app, measure, (&first, &second), &headers).await,
        Some((measure, "png")) => png(&app, measure, (&first, &second), &headers).await,
        _ => Err(Error::NoSuchPath { path: shortened(&file) }),
    }
}

/// A still picture of a map with title, legend, scale, date and source.
#[utoipa::path(get, path = "/maps/{measure}.svg", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), MapParams, FrameParams),
    responses((status = 200, description = "SVG", content_type = "image/svg+xml", body = String), Refusals))]
pub(super) async fn svg(
    app: &App,
    measure: &str,
    (map, frame): (&MapParams, &FrameParams),
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let Map { world, query, negotiated } = Map::read(app, measure, &map.asked(), headers)?;
    let frame = settled(&world.snapshot, &query, frame.frame()?);
    let key = Key { content: world.turn.clone(), answer: format!("svg {frame:?} {query:?}") };
    let make = move || Ok(cartography::picture(&world.snapshot, &query, &frame)?.into_bytes());
    let (body, hit) = app.bodies.plain(key, make).await?;
    app.metrics.plain(hit);
    app.respond(headers, Answer::new(body, SVG).in_language(negotiated)).await
}

/// The same picture in pixels, for previews and documents.
#[utoipa::path(get, path = "/maps/{measure}.png", tag = "maps",
    params(("measure" = String, Path, example = "identifications"), MapParams, FrameParams),
    responses((status = 200, description = "PNG", content_type = "image/png", body = Vec<u8>), Refusals))]
pub(super) async fn png(
    app: &App,
    measure: &str,
    (map, frame): (&MapParams, &FrameParams),
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let Map { world, query, negotiated } = Map::read(app, measure, &map.asked(), headers)?;
    let frame = settled(&world.snapshot, &query, in_steps(frame.frame()?));
    let painter = app.painter()?.clone();
    let key = Key { content: world.turn.clone(), answer: format!("png {frame:?} {query:?}") };
    let make = move || {
        let svg = cartography::picture(&world.snapshot, &query, &frame)?;
        painter.png(&svg).map_err(Error::internal)
    };
    let body = app.made_slowly(key, make).await?;
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
