package baton.runtime.outreach;

import baton.handoff.policy.Policy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// When a policy lets its campaign write to somebody, on that person's own clock.
record CallingHours(List<Policy.Hours> all) {
  CallingHours(Policy policy) {
    this(
        policy.hours().getOrDefault("initiate-contact", List.of()).stream()
            .filter(hours -> !policy.inbound() || hours.inbound())
            .toList());
  }

  boolean areOpen(String zone, Instant now) {
    var local = now.atZone(ZoneId.of(zone));
    var time = local.toLocalTime();
    return all.stream()
        .allMatch(hours ->
            hours.days().contains(local.getDayOfWeek())
                && !time.isBefore(hours.from())
                && time.isBefore(hours.until()));
  }
}
