package baton.bench;

import baton.bench.load.Plan;
import baton.bench.report.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What can be measured, in the order in which it is.
enum Workload {
  GATE("gate", "the gate, in nanoseconds", Kernel::gate),
  CODEC("codec", "a journal's row to bytes and back", Kernel::codec),
  FOLD("fold", "a journal to the state that it stands for", Kernel::fold),
  INTERPRETER("interpreter", "a text to the signals in it", Kernel::interpreter),
  WORLDS("worlds", "simulated kernel steps, with every invariant checked", Worlds::run),
  W("w", "twelve durable steps by three agents, in this process", Steps::inside),
  W_HTTP("w-http", "the same over HTTP, also at the engine that --url names", Steps::overHttp),
  VOICE("voice", "from an utterance to the first permitted sentence", Voice::run),
  MODELS("models", "conversations with a language model that takes its time", ModelTurns::run),
  PAUSE("pause", "how fast a pause returns under claims, and what it lets through", Pauses::run),
  RECOVERY("recovery", "conversations that a restarted engine takes up", Recovery::run),
  IDLE_HEAP("idle-heap", "memory of a conversation that waits", IdleHeap::run),
  START("start", "serve on an existing folder, until it is ready", Starts::run),
  OVERLOAD(
      "overload",
      "ten times the messages that it can take, and what becomes of them",
      Overload::run),
  GROWTH("growth", "what many conversations that wait cost the others; when named", Growth::run);

  /// Measures, and gives each result as soon as it has it.
  private interface Run {
    void run(Plan plan, Consumer<Result> results) throws Exception;
  }

  private final String title;
  private final String about;
  private final Run run;

  Workload(String title, String about, Run run) {
    this.title = title;
    this.about = about;
    this.run = run;
  }

  static Optional<Workload> named(String name) {
    return Arrays.stream(values()).filter(each -> each.title.equals(name)).findFirst();
  }

  /// What is measured where nothing is named: all that does not take half an hour by itself.
  static List<Workload> usual() {
    return Arrays.stream(values()).filter(each -> each != GROWTH).toList();
  }

  static String names() {
    return Arrays.stream(values()).map(each -> each.title).collect(Collectors.joining(", "));
  }

  /// One line each, for the help.
  static String[] described() {
    return Arrays.stream(values())
        .map(each -> "  %-11s %s".formatted(each.title, each.about))
        .toArray(String[]::new);
  }

  void run(Plan plan, Consumer<Result> results) throws Exception {
    run.run(plan, results);
  }

  @Override
  public String toString() {
    return title;
  }
}
