//! `hlp serve`: listeners, signals, and the task that keeps the snapshot up to date.

use std::future::Future;
use std::net::SocketAddr;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::stores::Wanted;
use super::{Failure, orientation, reload, say, shown, stores};
use crate::config::{ForwardedArg, LimitArgs, ServeArgs};
use crate::http::guard::Limits;
use crate::http::proxy::Forwarded;
use crate::http::{self, OfficeHours, Service, Settings, server};
use crate::model::Lang;
use crate::visits::asking;

pub async fn serve(args: ServeArgs) -> Result<(), Failure> {
    let mut settings = settings(&args)?;
    if let Some(address) = args.internal_listen
        && !address.ip().is_loopback()
        && !args.internal_anywhere
    {
        return Err(Failure::usage(format!(
            "--internal-listen {address} is reachable from other machines and has no login; \
             use a loopback address, or add --internal-anywhere"
        )));
    }
    // Listen first: a port in use is found out before anything is made or read.
    let public = listen(args.listen).await?;
    let internal = match args.internal_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let beside = orientation::load(&args.shown).await?;
    settings.archive = beside.archive;
    let wanted = Wanted::of(args.store.as_deref())?;
    stores::ensure(&wanted, args.demo).await?;
    let n_makers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let app = Service::new(settings, n_makers)?;

    let (stop, stopped) = watch::channel(false);
    let signals = tokio::spawn(until_signal(stop.clone())?);
    let limits = app.settings.limits.clone();
    let prefix = app.settings.public_url.as_ref().map(|url| url.prefix.clone()).unwrap_or_default();
    let address = public.local_addr()?;
    tracing::info!(listen.address = %address, "listening on {address}");
    let internal = match internal {
        Some(listener) => {
            let address = listener.local_addr()?;
            tracing::info!(listen.internal_address = %address, "listening for the office on {address}");
            let router = http::internal_router(app.clone());
            let (prefix, limits, stopped) = (prefix.clone(), limits.clone(), stopped.clone());
            Some(tokio::spawn(async move {
                server::serve(listener, router, prefix, &limits, until(stopped)).await
            }))
        }
        None => None,
    };
    let current = reload::keep_current(
        wanted,
        args.demo,
        args.limits.max_fix,
        beside.orientation,
        app.clone(),
        address,
    );
    let reload = tokio::spawn(async move {
        let hopeless = current.await;
        let _ = stop.send(true);
        hopeless
    });
    let finished = server::serve(public, http::router(app), prefix, &limits, until(stopped)).await;
    let internal_finished = match internal {
        Some(task) => task.await?,
        None => true,
    };
    signals.abort();
    reload.abort();
    // It ends by itself only where there is nothing to serve and never will be.
    if let Ok(hopeless) = reload.await {
        return Err(hopeless);
    }
    if finished && internal_finished {
        tracing::info!("stopped");
    } else {
        tracing::warn!("stopped; some requests took too long and were cut off");
    }
    Ok(())
}

/// Tells on standard output where people find the service; the only line there.
pub fn announce(address: SocketAddr) {
    say(format_args!("http://{address}"));
}

fn settings(args: &ServeArgs) -> Result<Settings, Failure> {
    let public_url = args.public_url.as_deref().map(str::parse).transpose().map_err(Failure::usage)?;
    let embed_hosts = args
        .embed_hosts
        .iter()
        .map(|host| host.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(Failure::usage)?;
    let trusted_proxies = args.trusted_proxies.clone();
    let forwarded_headers = match args.forwarded_headers {
        ForwardedArg::XForwarded => Forwarded::XForwarded,
        ForwardedArg::Forwarded => Forwarded::Standard,
    };
    Ok(Settings {
        public_url,
        trusted_proxies,
        forwarded_headers,
        internal_listen: args.internal_listen.map(|address| address.ip()),
        internal_hosts: args.internal_hosts.iter().map(|host| host.trim().to_owned()).collect(),
        embed_hosts,
        office_hours: asking::windows(&args.office_hours).map(OfficeHours).map_err(|wrong| {
            Failure::usage(format!("--office-hours {}: {}", args.office_hours, wrong.says(Lang::En)))
        })?,
        limits: limits(&args.limits),
        ..shown::settings(&args.shown)?
    })
}

const fn limits(args: &LimitArgs) -> Limits {
    Limits {
        requests: args.max_requests,
        connections: args.max_connections,
        request_timeout: args.request_timeout,
        head_timeout: args.head_timeout,
        write_timeout: args.write_timeout,
        shutdown_timeout: args.shutdown_timeout,
        tile_bytes: args.max_tile,
        cache_bytes: args.cache,
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    Ok(listener)
}

/// Resolves when the service is to stop.
async fn until(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Waits for SIGTERM or Ctrl-C and says so; a second one ends the process at once.
fn until_signal(stop: watch::Sender<bool>) -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        for already_stopping in [false, true] {
            let name = tokio::select! {
                _ = terminate.recv() => "SIGTERM",
                _ = interrupt.recv() => "SIGINT",
            };
            if already_stopping {
                tracing::warn!("{name} again: stopping at once");
                super::log::finish();
                std::process::exit(1);
            }
            tracing::info!("{name}: stopping");
            let _ = stop.send(true);
        }
    })
}
