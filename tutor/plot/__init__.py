"""Plots of traces as text: `raster` draws, `describe` says it in a sentence."""
