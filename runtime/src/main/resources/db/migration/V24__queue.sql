-- Presence lapses without a sign of life; whoever was there before has given none.
alter table operator add column until timestamptz;
update operator set until = since;
alter table operator alter column until set not null;

-- An offer that nobody took has lapsed; a conversation that an operator had may also be closed.
alter table human_queue drop constraint human_queue_state_check;
alter table human_queue drop constraint human_queue_check;
alter table human_queue add constraint human_queue_state_check
  check (state in ('offered', 'lapsed', 'accepted', 'returned', 'closed'));
alter table human_queue add constraint human_queue_operator_check
  check ((operator is null) = (state in ('offered', 'lapsed')));

-- What is not over yet, which is little.
create index human_queue_going_on on human_queue (tenant, conversation)
  where state in ('offered', 'accepted');

-- An operator who declined a conversation is not offered it again.
create table queue_decline (
  tenant       text not null,
  operator     text not null,
  conversation text not null,
  at           timestamptz not null,
  primary key (tenant, operator, conversation)
);
