package baton.simulation;

import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.policy.PolicyDocument;
import baton.handoff.port.Interpreter;
import baton.persistence.policy.Includes;
import baton.persistence.policy.PolicyCompiler;
import baton.runtime.Casting;
import baton.runtime.PlaybookCasting;
import baton.runtime.PluggedAgents;
import baton.runtime.interpreter.LexiconInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Policies compiled, their lexicons read and their playbooks understood: once for the same text,
/// however many simulations are under it. Thread-safe.
final class Prepared {
  private static final int KEPT_MAX = 16;
  private static final int WORDS_MAX = 4_096;

  private static final Map<Path, Source> FILES = bounded(KEPT_MAX);
  private static final Map<String, PolicyDocument> SAMPLES = bounded(KEPT_MAX);
  private static final Map<String, Work> WORKS = bounded(KEPT_MAX);

  /// @param texts of the document, under an empty name, and of each file that it includes
  private record Source(Map<String, Optional<String>> texts, PolicyDocument document) {}

  private record Work(Interpreter interpreter, PlaybookCasting playbooks) {
    static Work of(PolicyDocument document) {
      var lexicon = new LexiconInterpreter(document.lexicon());
      return new Work(new Reader(lexicon, bounded(WORDS_MAX)), new PlaybookCasting());
    }
  }

  /// Reads what agents say once for the same words: they say the same to many.
  private record Reader(LexiconInterpreter lexicon, Map<String, List<Signal>> words)
      implements Interpreter {
    @Override
    public List<Signal> buyer(
        String text, Instant now, ZoneId zone, Function<String, Sealed> seal) {
      return lexicon.buyer(text, now, zone, seal);
    }

    @Override
    public List<Signal> agent(String text) {
      return kept(words, text).orElseGet(() -> keep(words, text, lexicon.agent(text)));
    }

    @Override
    public String version() {
      return lexicon.version();
    }
  }

  static final PluggedAgents AGENTS = PluggedAgents.onClassPath();

  private Prepared() {}

  /// A file is read each time, and compiled only where it or what it includes has changed.
  static PolicyDocument policy(Path file) {
    var path = file.toAbsolutePath();
    var known = kept(FILES, path);
    var includes = Includes.in(path.getParent());
    if (known.isPresent() && unchanged(path, includes, known.get())) return known.get().document();
    var texts = new TreeMap<String, Optional<String>>();
    try {
      texts.put("", Optional.of(Files.readString(path)));
    } catch (IOException unreadable) {
      return PolicyCompiler.compile(file).orThrow(); // says what is wrong with it
    }
    Includes noted =
        name -> {
          var text = includes.read(name);
          texts.put(name, text);
          return text;
        };
    var document =
        PolicyCompiler.compile(file.toString(), texts.get("").orElseThrow(), noted).orThrow();
    keep(FILES, path, new Source(texts, document));
    return document;
  }

  private static boolean unchanged(Path file, Includes includes, Source known) {
    try {
      for (var text : known.texts().entrySet()) {
        var now =
            text.getKey().isEmpty()
                ? Optional.of(Files.readString(file))
                : includes.read(text.getKey());
        if (!now.equals(text.getValue())) return false;
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  static PolicyDocument sample(String campaign) {
    return kept(SAMPLES, campaign)
        .orElseGet(() -> keep(SAMPLES, campaign, PolicyCompiler.sample(campaign).orThrow()));
  }

  static Interpreter interpreter(PolicyDocument document) {
    return work(document).interpreter();
  }

  static Casting playbooks() {
    return (document, role) -> work(document).playbooks().agent(document, role);
  }

  private static Work work(PolicyDocument document) {
    var hash = document.policy().hash();
    return kept(WORKS, hash).orElseGet(() -> keep(WORKS, hash, Work.of(document)));
  }

  private static <K, V> Optional<V> kept(Map<K, V> map, K key) {
    synchronized (map) {
      return Optional.ofNullable(map.get(key));
    }
  }

  private static <K, V> V keep(Map<K, V> map, K key, V value) {
    synchronized (map) {
      map.put(key, value);
      return value;
    }
  }

  /// Forgets what was used longest ago.
  private static <K, V> Map<K, V> bounded(int max) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > max;
      }
    };
  }
}
