package baton.simulation.torture;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A buyer's plain sentences: each answers what was asked last.
final class Script {
  private record Reply(String question, List<String> sentences) {}

  /// The first question that occurs in what was said last is answered.
  private static final List<Reply> REPLIES =
      List.of(
          reply("may we keep", "well, maybe", "yes, you may", "yes", "yes, that is fine"),
          reply("which plan", "the team plan, please", "I want the starter plan"),
          reply("how many people", "12 seats", "we are a team of 8 people", "40 seats"),
          reply("which one suits you", "the first one", "number 2", "the third one, please"),
          reply("which of these", "the first one"),
          reply("by its number", "the first one"),
          reply("shall i book", "yes please", "yes", "yes, book it"),
          reply("would suit you", "next Wednesday at 2 pm", "the day after tomorrow"),
          reply("day and time suit you", "next Thursday at 11 am", "next Monday morning"),
          reply("day and a time of day", "next Tuesday at 10 am", "tomorrow at 3 pm"),
          reply("where may i send", "no e-mail, thanks", "dana@example.com"),
          reply("shall i work out", "yes, that is right", "yes"),
          reply(
              "would you like to order", "yes, I would like to order", "can I get 10% off?", "yes"),
          reply("talk to a person", "no, thank you", "yes please"),
          reply("anything else", "no, thank you", "what does it cost?"),
          reply("shall we go on", "yes, let us go on"),
          reply("get back to you tomorrow", "yes, please do", "no thanks"));

  private static final List<String> SMALL_TALK =
      List.of("what does it cost?", "is this a robot?", "I would like a trial", "hello?");

  private final RandomGenerator random;

  Script(RandomGenerator random) {
    this.random = random;
  }

  /// @param said what was said to the buyer last, in any case
  String answer(String said) {
    var question = said.toLowerCase(Locale.ROOT);
    return pick(
        REPLIES.stream()
            .filter(reply -> question.contains(reply.question))
            .findFirst()
            .map(Reply::sentences)
            .orElse(SMALL_TALK));
  }

  String smallTalk() {
    return pick(SMALL_TALK);
  }

  private String pick(List<String> sentences) {
    return sentences.get(random.nextInt(sentences.size()));
  }

  private static Reply reply(String question, String... sentences) {
    return new Reply(question, List.of(sentences));
  }
}
