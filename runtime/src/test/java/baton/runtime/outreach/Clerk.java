package baton.runtime.outreach;

import baton.handoff.Command;
import baton.handoff.ConversationId;
import baton.runtime.Engine;
import baton.runtime.cluster.Overview;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// An engine that writes down what it is told to open.
final class Clerk implements Engine {
  /// What a node that dies in the middle may have done.
  enum Fate {
    ANSWERS,
    DIES_BEFORE,
    DIES_AFTER
  }

  final Map<ConversationId, Command.Open> opened = new LinkedHashMap<>();
  final List<ConversationId> repeated = new ArrayList<>();
  Fate fate = Fate.ANSWERS;

  @Override
  public synchronized CompletionStage<Reply> send(ConversationId id, Command command) {
    if (fate == Fate.DIES_BEFORE) return died();
    boolean known = opened.putIfAbsent(id, (Command.Open) command) != null;
    if (fate == Fate.DIES_AFTER) return died();
    if (!known) return CompletableFuture.completedStage(new Reply.Done(4));
    repeated.add(id);
    boolean same = opened.get(id).buyer().body().equals(((Command.Open) command).buyer().body());
    if (!same) throw new AssertionError("the same conversation with another body");
    return CompletableFuture.completedStage(new Reply.Unchanged(4));
  }

  @Override
  public CompletionStage<Overview> cluster() {
    throw new UnsupportedOperationException("it is alone");
  }

  private static CompletionStage<Reply> died() {
    return CompletableFuture.failedStage(new IllegalStateException("died"));
  }

  /// Who was opened, by subject, in order.
  synchronized List<String> subjects() {
    return opened.values().stream().map(open -> open.buyer().subject()).toList();
  }

  @Override
  public List<Numbered> entries(ConversationId id, long afterRow, int limit) {
    return List.of();
  }

  @Override
  public AutoCloseable listen(ConversationId id, Runnable onMore) {
    return () -> {};
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public String notReadyReason() {
    return "";
  }
}
