"""Pure methods over Indicators and Values, and the gate that refuses them."""
