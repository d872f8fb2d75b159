package baton.simulation.explore;

/// How far an exploration has come, after each level.
///
/// @param station where it began
/// @param depth the level that was reached last
/// @param states different ones that were met, over all stations
/// @param transitions steps that were taken, over all stations
/// @param frontier states of the last level
public record Progress(String station, int depth, long states, long transitions, int frontier) {}
