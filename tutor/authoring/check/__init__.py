"""The content check: a course must load, be consistent, and be proved by its own runs."""

from tutor.authoring.check.course import check_course as check_course
from tutor.authoring.check.report import CheckReport as CheckReport
