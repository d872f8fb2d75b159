package baton.handoff.agent;

/// Which part of an answer this is, where an answer comes in parts: each is decided and said before
/// the next is asked for.
///
/// @param number from 0
/// @param goesOn whether there is more to come
public record Part(int number, boolean goesOn) {}
