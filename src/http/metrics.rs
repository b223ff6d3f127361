//! What the service counts about itself, for Prometheus.
//!
//! Owns: names, labels and buckets. Labels are routes, not paths: paths are without number.
//! Leaves to others: when to count.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Media type of [`Metrics::text`].
pub const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds in seconds: a cached body takes microseconds, a dense tile tens of milliseconds.
const LATENCY_BUCKETS_S: [f64; 12] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0];

pub struct Metrics {
    registry: Registry,
    latency: Family<RouteLabels, Histogram, fn() -> Histogram>,
    begun: Family<RouteLabels, Counter>,
    responses: Family<ResponseLabels, Counter>,
    bodies: Family<BodyLabels, Counter>,
    in_flight: Gauge,
    revision: Gauge<i64, AtomicI64>,
    snapshot_age_s: Gauge<i64, AtomicI64>,
    degraded: Gauge,
    reloads: Counter,
    reload_failures: Counter,
    reload_s: Gauge<f64, AtomicU64>,
    cache_bytes: Gauge,
    cache_bodies: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResponseLabels {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BodyLabels {
    /// `plain` or `coded`.
    kind: &'static str,
    /// `hit` or `miss`.
    result: &'static str,
}

/// Lowers the gauge when the request is over, however it ends.
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

fn latency_histogram() -> Histogram {
    Histogram::new(LATENCY_BUCKETS_S)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("hlp"),
            latency: Family::new_with_constructor(latency_histogram),
            begun: Family::default(),
            responses: Family::default(),
            bodies: Family::default(),
            in_flight: Gauge::default(),
            revision: Gauge::default(),
            snapshot_age_s: Gauge::default(),
            degraded: Gauge::default(),
            reloads: Counter::default(),
            reload_failures: Counter::default(),
            reload_s: Gauge::default(),
            cache_bytes: Gauge::default(),
            cache_bodies: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let r = &mut self.registry;
        let latency = self.latency.clone();
        r.register("request_duration_seconds", "Time from a request's head to its answer's head", latency);
        r.register("requests_begun", "Requests taken, answered or not", self.begun.clone());
        r.register("responses", "Answers by route, method and status", self.responses.clone());
        r.register(
            "bodies",
            "Bodies asked of the cache: plain or compressed, there or made",
            self.bodies.clone(),
        );
        r.register("requests_in_flight", "Requests being worked on", self.in_flight.clone());
        r.register("revision", "Revision of the store that is served", self.revision.clone());
        r.register(
            "snapshot_age_seconds",
            "Time since the served revision was published",
            self.snapshot_age_s.clone(),
        );
        r.register("degraded", "1 while an older state than the store's is served", self.degraded.clone());
        r.register("reloads", "Snapshots published", self.reloads.clone());
        r.register(
            "reload_failures",
            "Loads that failed and left the old snapshot",
            self.reload_failures.clone(),
        );
        r.register("reload_duration_seconds", "Time of the last load and build", self.reload_s.clone());
        r.register("cache_size_bytes", "Memory of cached bodies", self.cache_bytes.clone());
        r.register("cache_bodies_held", "Cached bodies", self.cache_bodies.clone());
    }

    pub fn begin(&self, route: &str) -> InFlight {
        self.begun.get_or_create(&RouteLabels { route: route.to_owned() }).inc();
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    pub fn answered(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.latency.get_or_create(&RouteLabels { route: route.clone() }).observe(took.as_secs_f64());
        self.responses.get_or_create(&ResponseLabels { route, method, status }).inc();
    }

    /// A plain body was asked of the cache; `hit` when it was there.
    pub fn plain(&self, hit: bool) {
        self.body("plain", hit);
    }

    /// The same for a compressed one.
    pub fn coded(&self, hit: bool) {
        self.body("coded", hit);
    }

    fn body(&self, kind: &'static str, hit: bool) {
        let result = if hit { "hit" } else { "miss" };
        self.bodies.get_or_create(&BodyLabels { kind, result }).inc();
    }

    pub fn published(&self, revision: i64, took: Duration) {
        self.revision.set(revision);
        self.reload_s.set(took.as_secs_f64());
        self.reloads.inc();
    }

    pub fn reload_failed(&self) {
        self.reload_failures.inc();
    }

    /// Everything in the OpenMetrics text format; the arguments are what is only known when asked.
    pub fn text(&self, snapshot_age_s: Option<i64>, degraded: bool, cache: super::cache::Usage) -> String {
        self.snapshot_age_s.set(snapshot_age_s.unwrap_or(0));
        self.degraded.set(i64::from(degraded));
        self.cache_bytes.set(i64::try_from(cache.size_bytes).unwrap_or(i64::MAX));
        self.cache_bodies.set(i64::try_from(cache.n_bodies).unwrap_or(i64::MAX));
        let mut out = String::new();
        if let Err(error) = text::encode(&mut out, &self.registry) {
            let _ = write!(out, "# {error}");
        }
        out
    }
}
