"""OGC API Features, Part 1: Core, GeoJSON, OpenAPI 3.0. Open data with a place, for anybody to read."""
