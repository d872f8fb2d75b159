package baton.handoff.gate;

import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Value;
import baton.handoff.policy.Clause;
import baton.handoff.policy.Policy.Disclosure;
import baton.handoff.policy.Policy.Hours;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What law and house rules ask before an action: disclosures made, hours kept, recording agreed,
/// sentences verbatim.
final class ComplianceCheck {
  private static final String NAME = "compliance";

  private ComplianceCheck() {}

  static List<Finding> judge(Inquiry inquiry) {
    var found = new ArrayList<Finding>(2);
    var role = inquiry.proposal().role();
    boolean machine = !role.equals(Role.HUMAN) && !role.equals(Role.ENGINE);
    if (machine) disclosures(found, inquiry);
    if (!role.equals(Role.ENGINE)) hours(found, inquiry);
    verbatim(found, inquiry);
    if (inquiry.proposal().action() instanceof Action.Record) recording(found, inquiry);
    return found.isEmpty() ? List.of(Finding.permit(NAME)) : found;
  }

  private static void disclosures(List<Finding> found, Inquiry inquiry) {
    for (var disclosure : inquiry.policy().disclosures().getOrDefault(inquiry.kind(), List.of())) {
      if (isMade(inquiry, disclosure)) continue;
      var details = Map.of("disclosure", disclosure.id());
      found.add(Finding.of(NAME, Verdict.DENY, disclosure.clause(), "disclosure-missing", details));
    }
  }

  private static boolean isMade(Inquiry inquiry, Disclosure disclosure) {
    Long epoch = inquiry.state().known().disclosed().get(disclosure.id());
    return epoch != null && (!disclosure.rearm() || epoch == inquiry.state().lease().epoch());
  }

  /// A disclosure is the policy's sentence and no other; so is every line.
  private static void verbatim(List<Finding> found, Inquiry inquiry) {
    switch (inquiry.proposal().action()) {
      case Action.Disclose(var id, var words) -> {
        boolean known =
            inquiry.policy().disclosures().values().stream()
                .flatMap(List::stream)
                .anyMatch(d -> d.id().equals(id) && words.equals(new Words.Line(d.line())));
        if (!known) deny(found, "unknown-disclosure", Map.of("disclosure", id));
      }
      case Action.Spoken spoken -> known(found, inquiry, spoken.words());
      case Action.SendMessage(_, var words) -> known(found, inquiry, words);
      case Action _ -> {}
    }
  }

  private static void known(List<Finding> found, Inquiry inquiry, Words words) {
    if (words instanceof Words.Line(var name) && !inquiry.policy().lines().containsKey(name)) {
      deny(found, "unknown-line", Map.of("line", name));
    }
  }

  private static void recording(List<Finding> found, Inquiry inquiry) {
    var consent = inquiry.state().known().consents().get("recording");
    if (consent != null && consent.state() == Consent.State.GRANTED) return;
    deny(found, "recording-not-consented", Map.of("purpose", "recording"));
  }

  /// On the buyer's clock. Where the buyer's place is not known, uncertainty does not permit.
  private static void hours(List<Finding> found, Inquiry inquiry) {
    for (var hours : inquiry.policy().hours().getOrDefault(inquiry.kind(), List.of())) {
      boolean buyerCame = inquiry.policy().inbound();
      if (buyerCame && !hours.inbound()) continue;
      var zone = zone(inquiry);
      if (zone.isEmpty()) {
        found.add(Finding.of(NAME, Verdict.DEFER, hours.clause(), "zone-unknown", Map.of()));
      } else if (!isWithin(hours, inquiry, zone.get())) {
        var details =
            Map.of(
                "from", hours.from().toString(),
                "until", hours.until().toString(),
                "opens", opens(hours, inquiry.now().at(), zone.get()).toString());
        found.add(Finding.of(NAME, Verdict.DEFER, hours.clause(), "outside-hours", details));
      }
    }
  }

  private static boolean isWithin(Hours hours, Inquiry inquiry, ZoneId zone) {
    var local = inquiry.now().at().atZone(zone);
    var time = local.toLocalTime();
    return hours.days().contains(local.getDayOfWeek())
        && !time.isBefore(hours.from())
        && time.isBefore(hours.until());
  }

  /// When the hours begin next. A time that a change of the clocks leaves out is moved forward.
  private static Instant opens(Hours hours, Instant now, ZoneId zone) {
    return IntStream.rangeClosed(0, 7)
        .mapToObj(now.atZone(zone).toLocalDate()::plusDays)
        .filter(day -> hours.days().contains(day.getDayOfWeek()))
        .map(day -> day.atTime(hours.from()).atZone(zone).toInstant())
        .filter(opens -> opens.isAfter(now))
        .findFirst()
        .orElseThrow();
  }

  /// What the buyer said lately goes before what a caller said at the start.
  private static Optional<ZoneId> zone(Inquiry inquiry) {
    var fact = inquiry.state().known().facts().get("time-zone");
    String name =
        fact != null && fact.value() instanceof Value.Text(var said)
            ? said
            : inquiry.state().opening().buyer().zone();
    if (name.isEmpty()) return Optional.empty();
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private static void deny(List<Finding> found, String code, Map<String, String> details) {
    found.add(Finding.of(NAME, Verdict.DENY, Clause.ENGINE, code, details));
  }
}
