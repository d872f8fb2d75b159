package baton.runtime.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import baton.handoff.fact.Sealed;
import baton.persistence.policy.PolicyCompiler;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Texts that nobody wrote, drawn from the words of the corpus: whoever makes the interpreter
/// faster shows here that it reads as before.
class DrawnTextsTest {
  private static final long SEED = 7;
  private static final int TEXTS = 2_500;
  private static final int WORDS_MAX = 14;
  private static final int LETTERS_MAX = 30;
  private static final List<String> BETWEEN =
      List.of(" ", " ", " ", " ", " ", " ", ", ", ". ", "? ", "-", " - ", "\n");

  /// Where the corpus, the lexicon or a rule was changed on purpose, so does this.
  private static final String READINGS =
      "eb1155a44b19baf5878e3014ca8a49b75c4681eebb1b120bec98f91c3dd722d6";

  @Test
  void drawnTextsAreReadAsTheyWere() throws IOException, NoSuchAlgorithmException {
    var interpreter =
        new LexiconInterpreter(PolicyCompiler.sample("inbound-trial").orThrow().lexicon());
    var words = List.copyOf(words());
    var chance = new SplittableRandom(SEED);
    var digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < TEXTS; i++) {
      var text = slipped(drawn(words, chance), chance);
      var buyer =
          interpreter.buyer(
              text,
              Corpus.NOW.plusSeconds(chance.nextInt(86_400 * 365)),
              Corpus.DENVER,
              clear -> new Sealed("s", "contact", "digest", clear));
      digest.update((text + buyer + interpreter.agent(text)).getBytes(UTF_8));
    }
    assertEquals(READINGS, HexFormat.of().formatHex(digest.digest()));
  }

  private static TreeSet<String> words() throws IOException {
    var words = new TreeSet<String>();
    for (var file : List.of("buyers.txt", "buyers-held-out.txt", "agents.txt")) {
      for (var row : Corpus.read(file)) words.addAll(List.of(row.text().split("\\s+")));
    }
    words.removeIf(word -> word.isEmpty() || word.length() > LETTERS_MAX);
    return words;
  }

  private static String drawn(List<String> words, SplittableRandom chance) {
    var text = new StringBuilder(words.get(chance.nextInt(words.size())));
    for (int more = chance.nextInt(WORDS_MAX); more > 0; more--) {
      text.append(BETWEEN.get(chance.nextInt(BETWEEN.size())));
      text.append(words.get(chance.nextInt(words.size())));
    }
    return text.toString();
  }

  /// One in three has a letter twice, or lacks one.
  private static String slipped(String text, SplittableRandom chance) {
    int at = chance.nextInt(text.length());
    return switch (chance.nextInt(6)) {
      case 0 -> text.substring(0, at) + text.substring(at + 1);
      case 1 -> text.substring(0, at) + text.substring(at, at + 1) + text.substring(at);
      default -> text;
    };
  }
}
