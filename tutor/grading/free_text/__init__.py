"""Free text against a mark scheme, by the relations that both state."""

from tutor.grading.free_text.marker import Marker
from tutor.grading.free_text.scheme import Scheme, load_schemes, scheme_of

__all__ = ["Marker", "Scheme", "load_schemes", "scheme_of"]
