"""Item writing: warnings about wording that gives an answer away, or hides what is asked."""

from tutor.authoring.writing.advice import advice_on as advice_on
from tutor.authoring.writing.advice import question_advice as question_advice
from tutor.authoring.writing.amounts import skew_of as skew_of
from tutor.authoring.writing.codes import WARNINGS as WARNINGS
from tutor.authoring.writing.codes import Advice as Advice
