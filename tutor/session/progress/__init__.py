"""How far a learner is: mastery, wrong ideas, the forecast, time; as text, JSON, CSV and HTML."""
