package baton.handoff.port;

import baton.handoff.Circumstances.Standing;

/// What is known of a buyer across conversations, as this node knows it: it may lag, and the claim
/// does not. Opt-outs are written with [Claims#advance], attempts with [Claims#claim].
public interface Standings {
  Standing of(String tenant, String subject);
}
