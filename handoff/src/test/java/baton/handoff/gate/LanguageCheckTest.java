package baton.handoff.gate;

import static baton.handoff.Vocabulary.line;
import static baton.handoff.Vocabulary.signal;
import static baton.handoff.Vocabulary.speak;

import baton.handoff.Role;
import baton.handoff.Vocabulary;
import baton.handoff.action.Action;
import baton.handoff.fact.Fact;
import baton.handoff.fact.Money;
import baton.handoff.fact.Signal;
import baton.handoff.fact.Value;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// May it be said in these words?
class LanguageCheckTest {
  private final InquirySketch sketch = new InquirySketch();

  @Test
  void wordsInWhichNothingWasReadAreFine() {
    sketch.expect("language", speak(), "permit nothing-against engine");
  }

  @Test
  void aForbiddenClaimIsBlocked() {
    words(Set.of("cure"), Set.of(), Verdict.DENY);
    sketch.expect("language", speak(claim("cure")), "deny language words.claim");
    sketch.expect("language", speak(claim("tested")), "permit nothing-against engine");
  }

  @Test
  void aClauseWithoutValuesIsAboutAll() {
    words(Set.of(), Set.of(), Verdict.ESCALATE);
    sketch.expect("language", speak(claim("tested")), "escalate language words.claim");
  }

  @Test
  void aClauseMayBeAboutSomeRolesOnly() {
    words(Set.of(), Set.of(Role.CLOSING), Verdict.DENY);
    sketch.expect("language", speak(claim("cure")), "permit nothing-against engine");
    sketch
        .holder(Role.CLOSING)
        .expect("language", speak(claim("cure")), "deny language words.claim");
  }

  @Test
  void itBindsPeopleToo() {
    words(Set.of(), Set.of(), Verdict.DENY);
    sketch.holder(Role.HUMAN).expect("language", speak(claim("cure")), "deny language words.claim");
  }

  @Test
  void messagesAreWordsToo() {
    words(Set.of(), Set.of(), Verdict.DENY);
    var message = new Action.SendMessage("email", Vocabulary.words(claim("cure")));
    sketch.expect("language", message, "deny language words.claim");
  }

  @Test
  void aPriceMayBeNamedOnlyAsItWasQuoted() {
    var price = speak(signal(Signal.PRICE, Value.of(new Money("USD", 900)), 90));
    sketch.expect("language", price, "deny price-not-quoted engine");
    sketch.fact("quote.total", Value.of(new Money("USD", 900)), Fact.Source.BUYER, 100);
    sketch.expect("language", price, "deny price-not-quoted engine");
    sketch.fact("quote.total", Value.of(new Money("USD", 900)), Fact.Source.TOOL, 100);
    sketch.expect("language", price, "permit nothing-against engine");
    sketch.at("2026-03-06T11:01:00Z").expect("language", price, "deny price-not-quoted engine");
  }

  @Test
  void aPercentageOffMayBeNamedOnlyAsItWasQuoted() {
    var off = speak(signal(Signal.DISCOUNT, Value.of(15), 90));
    sketch.expect("language", off, "deny discount-not-quoted engine");
    sketch.fact("quote.percent", Value.of(15), Fact.Source.BUYER, 100);
    sketch.expect("language", off, "deny discount-not-quoted engine");
    sketch.fact("quote.percent", Value.of(15), Fact.Source.TOOL, 100);
    sketch.expect("language", off, "permit nothing-against engine");
    sketch.holder(Role.HUMAN).fact("quote.percent", Value.of(5), Fact.Source.TOOL, 100);
    sketch.expect("language", off, "permit nothing-against engine");
  }

  @Test
  void aDiscountWithoutAFigureGivesNothingAway() {
    var off = speak(signal(Signal.DISCOUNT, Value.of(0), 90));
    sketch.expect("language", off, "permit nothing-against engine");
  }

  @Test
  void aPersonMayNameAPrice() {
    var price = speak(signal(Signal.PRICE, Value.of(new Money("USD", 900)), 90));
    sketch.holder(Role.HUMAN).expect("language", price, "permit nothing-against engine");
  }

  @Test
  void thePolicysOwnSentencesAreItsOwn() {
    words(Set.of(), Set.of(), Verdict.DENY);
    sketch.expect("language", line("moment"), "permit nothing-against engine");
  }

  private void words(Set<String> values, Set<Role> roles, Verdict then) {
    sketch.policy(p -> p.words(Signal.CLAIM, values, roles, then));
  }

  private static Signal claim(String name) {
    return signal(Signal.CLAIM, Value.of(name), 90);
  }
}
