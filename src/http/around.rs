//! What every request passes on its way to a handler, and every answer on its way out.
//!
//! From outside in: [`proxy`](super::proxy) (who asks, under which address), [`observe`] (id, log, figures),
//! [`guard`] (other sites), [`security`] (headers), [`refusals`] (errors as pages), [`guard::keep_limits`].
//!
//! Design: one middleware that calls the others in turn. As layers of the router each of them would box its
//! future and copy the route for every request, which together took longer than answering.

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::pages::refusals;
use super::proxy::Base;
use super::{App, guard, observe, security};
use crate::model::audience::Audience;

/// Middleware of a listener for `audience`.
pub async fn pass((app, audience): (App, Audience), mut request: Request, next: Next) -> Response {
    let base = Base::of(&request, &app.settings);
    request.extensions_mut().insert(base);
    request.extensions_mut().insert(audience);
    observe::observe(&app, request, async |request| match audience {
        Audience::Public => {
            let is_preflight = request.method() == Method::OPTIONS;
            let mut response = protected(&app, request, next).await;
            guard::allow_reading(&mut response, is_preflight);
            response
        }
        Audience::Internal => {
            let mut response = match guard::keep_inside(&app, &request) {
                Ok(()) => protected(&app, request, next).await,
                Err(error) => error.into_response(),
            };
            guard::keep_from_others(&mut response);
            response
        }
    })
    .await
}

async fn protected(app: &App, request: Request, next: Next) -> Response {
    let reader = refusals::Reader::of(&request);
    let response = guard::keep_limits(app, request, next).await;
    let mut response = refusals::show(app, reader, response).await;
    security::protect(app, &mut response);
    response
}
