"""Free text against a mark scheme, by the relations that both state."""

from tutor.grading.free_text.marker import Marker, PointVerdict, TextVerdict
from tutor.grading.free_text.scheme import MarkPoint, Scheme, load_schemes

__all__ = ["MarkPoint", "Marker", "PointVerdict", "Scheme", "TextVerdict", "load_schemes"]
