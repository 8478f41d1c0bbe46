"""Data files → checked observations under an edition's date; slices for kernels."""
