//! Settings: flag, then environment, then default.
