package baton.runtime.tools;

import baton.handoff.Permit;
import baton.handoff.Role;
import baton.handoff.action.Action;
import baton.handoff.action.Canonical;
import java.time.Instant;
import java.util.Optional;

/// Permits for tests of tools, which look at the role and the key alone.
public final class Permits {
  private Permits() {}

  public static Permit of(Role role, String key, Action action) {
    return of(role, key, action, "a policy");
  }

  /// @param policy hash of the document under which it was given
  public static Permit of(Role role, String key, Action action, String policy) {
    return new Permit(
        "default.c1.7",
        7,
        6,
        action.kind(),
        Canonical.digest(action),
        key,
        role,
        3,
        2,
        policy,
        false,
        Optional.empty(),
        Instant.parse("2027-06-07T12:00:30Z"));
  }
}
