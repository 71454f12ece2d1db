"""From bodies in space to the flat, moving shapes of an SVG."""
