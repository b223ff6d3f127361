//! gpkg
