package baton.simulation.scenario;

import baton.handoff.port.Controls;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Something that goes wrong, as a scenario writes it: a name, and what it concerns.
public sealed interface Fault {
  /// What may be written.
  String FORMS =
      "crash, slow-tool KIND, lost-answer KIND, failing-tool KIND REASON, answers-twice KIND,"
          + " pause SCOPE, resume SCOPE, doubtful-transcription PERCENT, silence DURATION,"
          + " hangs-up, reaches-voicemail";

  /// The engine's process ends, and starts again.
  record Crash() implements Fault {}

  /// The tool takes longer than anybody waits for it.
  record SlowTool(String kind) implements Fault {}

  /// The tool does it, and its answer is lost.
  record LostAnswer(String kind) implements Fault {}

  /// The tool says that it could not be done.
  record FailingTool(String kind, String reason) implements Fault {}

  record AnswersTwice(String kind) implements Fault {}

  record Pause(String scope) implements Fault {}

  record Resume(String scope) implements Fault {}

  /// From now on the buyer is heard by a machine that is sure to so many percent.
  record DoubtfulTranscription(int percent) implements Fault {}

  /// The buyer says nothing for so long.
  record Silence(Duration duration) implements Fault {}

  /// The buyer is not there any more.
  record HangsUp() implements Fault {}

  /// A machine answered.
  record ReachesVoicemail() implements Fault {}

  /// Empty where it is none of [#FORMS].
  static Optional<Fault> parse(String text) {
    var words = text.strip().split("\\s+");
    return switch (words[0] + "/" + words.length) {
      case "crash/1" -> Optional.of(new Crash());
      case "slow-tool/2" -> Optional.of(new SlowTool(words[1]));
      case "lost-answer/2" -> Optional.of(new LostAnswer(words[1]));
      case "failing-tool/3" -> Optional.of(new FailingTool(words[1], words[2]));
      case "answers-twice/2" -> Optional.of(new AnswersTwice(words[1]));
      case "pause/2" -> scope(words[1]).map(Pause::new);
      case "resume/2" -> scope(words[1]).map(Resume::new);
      case "doubtful-transcription/2" -> percent(words[1]).map(DoubtfulTranscription::new);
      case "silence/2" -> duration(words[1]).map(Silence::new);
      case "hangs-up/1" -> Optional.of(new HangsUp());
      case "reaches-voicemail/1" -> Optional.of(new ReachesVoicemail());
      default -> Optional.empty();
    };
  }

  /// The kind of action whose tool it concerns.
  default Optional<String> concerns() {
    return switch (this) {
      case SlowTool(var kind) -> Optional.of(kind);
      case LostAnswer(var kind) -> Optional.of(kind);
      case FailingTool(var kind, _) -> Optional.of(kind);
      case AnswersTwice(var kind) -> Optional.of(kind);
      case Crash _,
          Pause _,
          Resume _,
          DoubtfulTranscription _,
          Silence _,
          HangsUp _,
          ReachesVoicemail _ ->
          Optional.empty();
    };
  }

  private static Optional<String> scope(String text) {
    return Controls.Scope.parse(text).map(_ -> text);
  }

  private static Optional<Integer> percent(String text) {
    if (!text.matches("[0-9]{1,3}")) return Optional.empty();
    return Optional.of(Integer.parseInt(text)).filter(percent -> percent <= 100);
  }

  /// At most 30 days.
  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(length -> length.isPositive() && length.compareTo(Duration.ofDays(30)) <= 0);
    } catch (DateTimeParseException noDuration) {
      return Optional.empty();
    }
  }
}
