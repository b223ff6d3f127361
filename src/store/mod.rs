//! The record: a GeoPackage file or a PostGIS schema behind one contract.

use std::future::Future;

use crate::model::{ChangeSet, Loaded, Revision};

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("placeholder")]
    Placeholder,
}

/// What every home of the data can do; `tests/it/store_contract.rs` holds the rules.
pub trait Store: Send + Sync {
    /// Writes the whole change set in one transaction, with its audit rows, or nothing.
    ///
    /// - Out: the revision after it; the present one if nothing changed.
    fn apply(
        &self,
        set: &ChangeSet,
        actor: &str,
        reason: &str,
    ) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// Reads one consistent state; vintages unchanged since `known` are left out of `datasets`.
    fn load(&self, known: Option<Revision>) -> impl Future<Output = Result<Loaded, StoreError>> + Send;

    /// The present revision.
    fn revision(&self) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// Returns when the store may have changed: a wake, not a promise; also after a reconnect.
    fn wait_for_change(&self) -> impl Future<Output = ()> + Send;
}
