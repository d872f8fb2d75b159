package baton.simulation.torture;

import java.time.Duration;
import java.util.List;

/// What a run is to be.
///
/// @param faulty how long faults go on; healing and judging come after it
/// @param faultsMin so many come even where that takes longer
/// @param kinds of faults, each once before any comes again
/// @param buyers who talk at a time
/// @param paceMillis how long each of them thinks before an answer
record Plan(
    long seed,
    int nodes,
    Duration faulty,
    int faultsMin,
    List<Fault.Kind> kinds,
    int buyers,
    int paceMillis) {}
