//! The only wiring: store, snapshot, router, processes.
