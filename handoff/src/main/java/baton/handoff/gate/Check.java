package baton.handoff.gate;

import java.util.List;

/// One family of rules. Pure and total: it answers every inquiry, at least with a permit.
@FunctionalInterface
interface Check {
  List<Finding> judge(Inquiry inquiry);
}
