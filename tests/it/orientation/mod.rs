//! Files beside the store: context under and over the colours, and landmarks.
//!
//! Archives are made by the small writer in `archive`, GeoPackages by GDAL's `ogr2ogr`, so that what is read
//! was not written by the code under test.

pub mod archive;
mod beside;
mod context;
mod landmarks;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hlp_tracker::demo::{DemoOptions, generate};
use hlp_tracker::http::{Service, Settings, router};
use hlp_tracker::model::Loaded;
use hlp_tracker::orientation::{self, ContextError};
use hlp_tracker::pmtiles::Archive;
use hlp_tracker::snapshot::{Context, Features, Orientation, Snapshot};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::support::applied;

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// The invented city with little in it.
fn city() -> Loaded {
    applied(&Loaded::default(), &generate(&DemoOptions { records_pct: 5, ..DemoOptions::default() }))
}

/// Writes a file of layers, each a name, a reference system and a GeoJSON collection, with GDAL.
fn geopackage(folder: &Path, name: &str, layers: &[(&str, &str, Value)]) -> PathBuf {
    let file = folder.join(name);
    for (nth, (layer, crs, collection)) in layers.iter().enumerate() {
        let source = folder.join(format!("{name}-{nth}.geojson"));
        std::fs::write(&source, collection.to_string()).expect("writes");
        let mut command = Command::new("ogr2ogr");
        command.args(["-f", "GPKG", "-t_srs", crs, "-nln", layer]);
        command.args(["-lco", "DESCRIPTION=© Хотын зураг <2026>"]);
        if nth > 0 {
            command.arg("-update");
        }
        let output = command.arg(&file).arg(&source).output().expect("GDAL is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    file
}

fn collection(features: &[(Value, Value)]) -> Value {
    let feature = |(geometry, properties): &(Value, Value)| serde_json::json!({ "type": "Feature", "geometry": geometry, "properties": properties });
    serde_json::json!({
        "type": "FeatureCollection",
        "features": features.iter().map(feature).collect::<Vec<_>>(),
    })
}

/// The service over the invented city with a context file and landmarks.
struct Site {
    router: Router,
}

struct Answer {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Site {
    fn with(context: Option<&Path>, landmarks: Option<&Path>) -> Self {
        let mut archive: Option<Arc<Archive>> = None;
        let context = context.map(|file| match orientation::context(file, None).expect("a context") {
            orientation::Context::Archive(opened) => {
                let about = opened.about.clone();
                archive = Some(opened);
                Context::Archive(about)
            }
            orientation::Context::Features(read) => {
                Context::Features(Features::new(read.features, read.attribution).expect("features"))
            }
        });
        let landmarks = landmarks.map(|file| orientation::landmarks(file).expect("landmarks").rows);
        let orientation = Orientation::new(context, landmarks.unwrap_or_default());
        let snapshot = Snapshot::build(city(), None, 10_000.0).expect("builds");
        let app = Service::new(Settings { archive, ..Settings::default() }, 2).expect("a built viewer");
        app.publish(Arc::new(snapshot.among(Arc::new(orientation))), Duration::ZERO);
        Self { router: router(app) }
    }

    async fn get(&self, path: &str) -> Answer {
        let mut request = Request::builder().uri(path).header("host", "map.example");
        request = request.header("accept-language", "en");
        let mut request = request.body(Body::empty()).expect("a request");
        let peer: std::net::SocketAddr = "192.0.2.7:4000".parse().expect("an address");
        request.extensions_mut().insert(hlp_tracker::http::proxy::Peer(peer));
        let response = self.router.clone().oneshot(request).await.expect("never fails");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body in memory").to_bytes().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).expect("JSON")
    }
}

#[track_caller]
fn refusal(file: &Path) -> String {
    let error: ContextError = orientation::context(file, None).map(|_| ()).expect_err("refused");
    error.to_string()
}
