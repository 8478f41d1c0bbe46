"""A researcher's file into the catalog: read within limits, mapped by declared rules, compared, written strictly."""
