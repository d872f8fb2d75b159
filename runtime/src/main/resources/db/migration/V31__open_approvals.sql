-- Which approvals may be open, over all conversations. The journal says whether one really is.
CREATE TABLE approval_open (
  tenant       text        NOT NULL,
  conversation text        NOT NULL,
  seq          bigint      NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant, conversation, seq)
);
CREATE INDEX approval_open_by_expiry ON approval_open (tenant, expires_at, conversation, seq);
