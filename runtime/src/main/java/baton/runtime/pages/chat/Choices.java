package baton.runtime.pages.chat;

import baton.runtime.pages.chat.Talk.Choice;
import baton.runtime.pages.chat.Talk.Form;
import baton.runtime.pages.chat.Talk.Now;
import baton.runtime.view.ConversationView;
import baton.runtime.view.Moment;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What may be pressed to answer the question that was put last. Each choice says words that a
/// buyer could have typed.
public final class Choices {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.US);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.US);
  private static final List<String> NTH = List.of("first", "second", "third");

  private static final String CONSENT = "consent.";

  /// What the two ways out say, which are always in sight.
  public static final String PERSON = "I would like to talk to a person";

  public static final String STOP = "Please stop contacting me";

  private Choices() {}

  /// @param today on the buyer's clock
  static Now of(Moment moment, ConversationView view, ZoneId zone, LocalDate today) {
    boolean paused = view.status().equals("paused");
    if (paused || moment.busy() || moment.checking() || moment.waitsForPerson()) {
      return new Now(doing(moment, paused), moment.busy() && !paused, "", Form.WORDS, List.of());
    }
    if (!view.status().equals("open")) return nothing();
    String question = moment.question();
    if (question.startsWith(CONSENT)) {
      // Neither looks better than the other: it is the buyer's choice.
      var both = List.of(Choice.of("Yes, that is fine"), Choice.of("No, thank you"));
      return new Now("", false, "Your choice", Form.CONSENT, both);
    }
    return switch (question) {
      case "slots" -> times(view, zone);
      case "slot",
          "cancel",
          "change",
          "recap",
          "person",
          "another-time",
          "follow-up",
          "commitment" ->
          words("Yes, please", "No");
      case "product" -> words("Starter", "Team", "Enterprise");
      case "seats" -> words("5 seats", "10 seats", "25 seats", "50 seats");
      case "time" -> {
        String day = nextWorkingDay(today);
        yield words(day + " morning", day + " afternoon", "Next week");
      }
      case "more" -> words("No, that is all");
      default -> nothing();
    };
  }

  private static String nextWorkingDay(LocalDate today) {
    var day = today.plusDays(1);
    while (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0) day = day.plusDays(1);
    return day.equals(today.plusDays(1))
        ? "Tomorrow"
        : day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.US);
  }

  private static String doing(Moment moment, boolean paused) {
    if (paused) return "We are taking a short break. What you write is kept and will be answered.";
    if (moment.checking()) return "I am checking this with a colleague.";
    if (moment.waitsForPerson()) return "A colleague is being asked to join you.";
    return "Writing an answer";
  }

  private static Now nothing() {
    return new Now("", false, "", Form.WORDS, List.of());
  }

  private static Now words(String... words) {
    return new Now(
        "", false, "Suggestions", Form.WORDS, List.of(words).stream().map(Choice::of).toList());
  }

  /// The times that were found last, on the buyer's clock.
  private static Now times(ConversationView view, ZoneId zone) {
    var choices = new ArrayList<Choice>();
    for (int i = 0; i < Math.min(NTH.size(), many(view)); i++) {
      var start = start(view, "slot." + (i + 1));
      if (start.isEmpty()) break;
      var at = start.get().atZone(zone);
      choices.add(new Choice(DAY.format(at), CLOCK.format(at), "The " + NTH.get(i) + " one"));
    }
    if (choices.isEmpty()) return nothing();
    choices.add(new Choice("Another time", "", "No, none of these suits me"));
    String place = zone.getId().substring(zone.getId().lastIndexOf('/') + 1).replace('_', ' ');
    String name = zone.getDisplayName(TextStyle.FULL, Locale.US);
    String clock = zone.getId().contains("/") ? place + " time" : name;
    return new Now("", false, "Free times, in " + clock, Form.TIMES, choices);
  }

  private static long many(ConversationView view) {
    var found = view.facts().get("slots");
    return found != null && found.value() instanceof Number number ? number.longValue() : 0;
  }

  /// A slot is called `seller@start`.
  private static Optional<Instant> start(ConversationView view, String fact) {
    var slot = view.facts().get(fact);
    if (slot == null || !(slot.value() instanceof String name)) return Optional.empty();
    try {
      return Optional.of(Instant.parse(name.substring(name.lastIndexOf('@') + 1)));
    } catch (DateTimeException otherName) {
      return Optional.empty();
    }
  }
}
