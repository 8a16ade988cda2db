"""What a learner prepares for: the names of exams and boards, and the date."""

EXAMS = {"a-level": "A-level", "usmle": "USMLE", "first-year": "First-year course"}
BOARDS = {"aqa": "AQA", "ocr": "OCR", "edexcel": "Edexcel", "wjec": "WJEC", "ib": "IB"}

DAYS_LEFT = "{days} days left"
TODAY = "exam today"
TOMORROW = "exam tomorrow"

# Why what was typed is no date to come; no full stop at the end.
NO_DATE = "{typed!r} is no date; write year-month-day, such as {year}-05-14"
PAST_DATE = "{date} is in the past; today is {today}"
