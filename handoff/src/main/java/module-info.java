/// The kernel: who may do what, now. Pure, and guarded by the compiler: nothing beyond `java.base`.
module baton.handoff {
  exports baton.handoff;
  exports baton.handoff.action;
  exports baton.handoff.agent;
  exports baton.handoff.fact;
  exports baton.handoff.gate;
  exports baton.handoff.policy;
  exports baton.handoff.port;
}
