CREATE TABLE assignments (
  key BIGSERIAL NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL,
  released_at TIMESTAMP WITH TIME ZONE,
  closed_at TIMESTAMP WITH TIME ZONE,
  handed_out BYTEA NOT NULL,
  in_full BYTEA NOT NULL,
  secret BYTEA NOT NULL,
  PRIMARY KEY (key),
  UNIQUE (id)
);
CREATE TABLE state (
  version INTEGER NOT NULL
);
CREATE TABLE learners (
  key BIGSERIAL NOT NULL,
  assignment BIGINT NOT NULL,
  learner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  team TEXT NOT NULL,
  extra DOUBLE PRECISION NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE,
  enrolled BOOLEAN NOT NULL,
  PRIMARY KEY (key),
  UNIQUE (assignment, learner),
  FOREIGN KEY(assignment) REFERENCES assignments (key)
);
CREATE TABLE questions (
  key BIGSERIAL NOT NULL,
  assignment BIGINT NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  phase TEXT NOT NULL,
  max_marks DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (key),
  UNIQUE (assignment, id),
  FOREIGN KEY(assignment) REFERENCES assignments (key)
);
CREATE TABLE set_aside (
  key BIGSERIAL NOT NULL,
  assignment BIGINT,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (key),
  FOREIGN KEY(assignment) REFERENCES assignments (key),
  UNIQUE (digest)
);
CREATE TABLE objectives (
  question BIGINT NOT NULL,
  objective TEXT NOT NULL,
  PRIMARY KEY (question, objective),
  FOREIGN KEY(question) REFERENCES questions (key)
);
CREATE TABLE overrides (
  key BIGSERIAL NOT NULL,
  learner BIGINT NOT NULL,
  question BIGINT NOT NULL,
  answer TEXT,
  variant TEXT NOT NULL,
  point TEXT,
  marks DOUBLE PRECISION,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (key),
  FOREIGN KEY(learner) REFERENCES learners (key),
  FOREIGN KEY(question) REFERENCES questions (key)
);
CREATE INDEX overrides_of_learner ON overrides (learner, question);
CREATE TABLE submissions (
  key BIGSERIAL NOT NULL,
  assignment BIGINT NOT NULL,
  learner BIGINT NOT NULL,
  digest TEXT NOT NULL,
  receipt TEXT NOT NULL,
  number INTEGER NOT NULL,
  handed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  collected_at TIMESTAMP WITH TIME ZONE NOT NULL,
  file TEXT NOT NULL,
  device TEXT NOT NULL,
  learner_key TEXT NOT NULL,
  state TEXT NOT NULL,
  answered INTEGER NOT NULL,
  against BIGINT,
  late BOOLEAN NOT NULL,
  share DOUBLE PRECISION NOT NULL,
  marks DOUBLE PRECISION,
  max_marks DOUBLE PRECISION,
  notes TEXT NOT NULL,
  packed BYTEA NOT NULL,
  PRIMARY KEY (key),
  UNIQUE (assignment, digest),
  FOREIGN KEY(assignment) REFERENCES assignments (key),
  FOREIGN KEY(learner) REFERENCES learners (key),
  FOREIGN KEY(against) REFERENCES submissions (key)
);
CREATE INDEX submissions_of_learner ON submissions (learner);
CREATE TABLE choices (
  key BIGSERIAL NOT NULL,
  learner BIGINT NOT NULL,
  submission BIGINT NOT NULL,
  newest BIGINT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (key),
  FOREIGN KEY(learner) REFERENCES learners (key),
  FOREIGN KEY(submission) REFERENCES submissions (key),
  FOREIGN KEY(newest) REFERENCES submissions (key)
);
CREATE INDEX choices_of_learner ON choices (learner);
CREATE TABLE attempts (
  key BIGSERIAL NOT NULL,
  assignment BIGINT NOT NULL,
  question BIGINT NOT NULL,
  submission BIGINT NOT NULL,
  learner BIGINT NOT NULL,
  marks DOUBLE PRECISION NOT NULL,
  marked DOUBLE PRECISION NOT NULL,
  rest DOUBLE PRECISION,
  answer TEXT,
  variant TEXT NOT NULL,
  certainty SMALLINT,
  seconds INTEGER,
  feedback TEXT NOT NULL,
  PRIMARY KEY (key),
  UNIQUE (submission, question),
  FOREIGN KEY(assignment) REFERENCES assignments (key),
  FOREIGN KEY(question) REFERENCES questions (key),
  FOREIGN KEY(submission) REFERENCES submissions (key),
  FOREIGN KEY(learner) REFERENCES learners (key)
);
CREATE INDEX attempts_by_rest ON attempts (question, rest);
CREATE INDEX attempts_of_assignment ON attempts (assignment, question);
CREATE TABLE points (
  attempt BIGINT NOT NULL,
  point TEXT NOT NULL,
  state TEXT NOT NULL,
  marks DOUBLE PRECISION NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (attempt, point),
  FOREIGN KEY(attempt) REFERENCES attempts (key) ON DELETE CASCADE
);
CREATE TABLE shown (
  attempt BIGINT NOT NULL,
  misconception TEXT NOT NULL,
  PRIMARY KEY (attempt, misconception),
  FOREIGN KEY(attempt) REFERENCES attempts (key) ON DELETE CASCADE
);
INSERT INTO state (version) VALUES (1);
