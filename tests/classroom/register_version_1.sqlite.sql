CREATE TABLE assignments (
  "key" INTEGER NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at DATETIME NOT NULL,
  due_at DATETIME NOT NULL,
  released_at DATETIME,
  closed_at DATETIME,
  handed_out BLOB NOT NULL,
  in_full BLOB NOT NULL,
  secret BLOB NOT NULL,
  PRIMARY KEY ("key"),
  UNIQUE (id)
);
CREATE TABLE state (
  version INTEGER NOT NULL
);
CREATE TABLE learners (
  "key" INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  learner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  team TEXT NOT NULL,
  extra DOUBLE NOT NULL,
  due_at DATETIME,
  enrolled BOOLEAN NOT NULL,
  PRIMARY KEY ("key"),
  UNIQUE (assignment, learner),
  FOREIGN KEY(assignment) REFERENCES assignments ("key")
);
CREATE TABLE questions (
  "key" INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  phase TEXT NOT NULL,
  max_marks DOUBLE NOT NULL,
  PRIMARY KEY ("key"),
  UNIQUE (assignment, id),
  FOREIGN KEY(assignment) REFERENCES assignments ("key")
);
CREATE TABLE set_aside (
  "key" INTEGER NOT NULL,
  assignment INTEGER,
  file TEXT NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  seen_at DATETIME NOT NULL,
  PRIMARY KEY ("key"),
  FOREIGN KEY(assignment) REFERENCES assignments ("key"),
  UNIQUE (digest)
);
CREATE TABLE objectives (
  question INTEGER NOT NULL,
  objective TEXT NOT NULL,
  PRIMARY KEY (question, objective),
  FOREIGN KEY(question) REFERENCES questions ("key")
);
CREATE TABLE overrides (
  "key" INTEGER NOT NULL,
  learner INTEGER NOT NULL,
  question INTEGER NOT NULL,
  answer TEXT,
  variant TEXT NOT NULL,
  point TEXT,
  marks DOUBLE,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  made_at DATETIME NOT NULL,
  PRIMARY KEY ("key"),
  FOREIGN KEY(learner) REFERENCES learners ("key"),
  FOREIGN KEY(question) REFERENCES questions ("key")
);
CREATE INDEX overrides_of_learner ON overrides (learner, question);
CREATE TABLE submissions (
  "key" INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  learner INTEGER NOT NULL,
  digest TEXT NOT NULL,
  receipt TEXT NOT NULL,
  number INTEGER NOT NULL,
  handed_at DATETIME NOT NULL,
  collected_at DATETIME NOT NULL,
  file TEXT NOT NULL,
  device TEXT NOT NULL,
  learner_key TEXT NOT NULL,
  state TEXT NOT NULL,
  answered INTEGER NOT NULL,
  against INTEGER,
  late BOOLEAN NOT NULL,
  share DOUBLE NOT NULL,
  marks DOUBLE,
  max_marks DOUBLE,
  notes TEXT NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY ("key"),
  UNIQUE (assignment, digest),
  FOREIGN KEY(assignment) REFERENCES assignments ("key"),
  FOREIGN KEY(learner) REFERENCES learners ("key"),
  FOREIGN KEY(against) REFERENCES submissions ("key")
);
CREATE INDEX submissions_of_learner ON submissions (learner);
CREATE TABLE choices (
  "key" INTEGER NOT NULL,
  learner INTEGER NOT NULL,
  submission INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  made_at DATETIME NOT NULL,
  PRIMARY KEY ("key"),
  FOREIGN KEY(learner) REFERENCES learners ("key"),
  FOREIGN KEY(submission) REFERENCES submissions ("key"),
  FOREIGN KEY(newest) REFERENCES submissions ("key")
);
CREATE INDEX choices_of_learner ON choices (learner);
CREATE TABLE attempts (
  "key" INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  question INTEGER NOT NULL,
  submission INTEGER NOT NULL,
  learner INTEGER NOT NULL,
  marks DOUBLE NOT NULL,
  marked DOUBLE NOT NULL,
  rest DOUBLE,
  answer TEXT,
  variant TEXT NOT NULL,
  certainty SMALLINT,
  seconds INTEGER,
  feedback TEXT NOT NULL,
  PRIMARY KEY ("key"),
  UNIQUE (submission, question),
  FOREIGN KEY(assignment) REFERENCES assignments ("key"),
  FOREIGN KEY(question) REFERENCES questions ("key"),
  FOREIGN KEY(submission) REFERENCES submissions ("key"),
  FOREIGN KEY(learner) REFERENCES learners ("key")
);
CREATE INDEX attempts_by_rest ON attempts (question, rest);
CREATE INDEX attempts_of_assignment ON attempts (assignment, question);
CREATE TABLE points (
  attempt INTEGER NOT NULL,
  point TEXT NOT NULL,
  state TEXT NOT NULL,
  marks DOUBLE NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (attempt, point),
  FOREIGN KEY(attempt) REFERENCES attempts ("key") ON DELETE CASCADE
);
CREATE TABLE shown (
  attempt INTEGER NOT NULL,
  misconception TEXT NOT NULL,
  PRIMARY KEY (attempt, misconception),
  FOREIGN KEY(attempt) REFERENCES attempts ("key") ON DELETE CASCADE
);
INSERT INTO state (version) VALUES (1);
