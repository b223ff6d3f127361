//! cartography
