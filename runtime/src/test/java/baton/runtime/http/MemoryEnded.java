package baton.runtime.http;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers the sessions that were ended, of one test.
final class MemoryEnded implements Sessions.Ended {
  private final Set<String> marks = ConcurrentHashMap.newKeySet();

  @Override
  public boolean has(String mark) {
    return marks.contains(mark);
  }

  @Override
  public void end(String mark, Instant now, Instant until) {
    marks.add(mark);
  }
}
