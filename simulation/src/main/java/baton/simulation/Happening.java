package baton.simulation;

import baton.handoff.Command.Leave.How;
import baton.handoff.Outcome;
import baton.handoff.gate.Finding;
import baton.handoff.gate.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One thing that happened in a conversation, as a test speaks of it.
public sealed interface Happening {
  /// As a line of a transcript.
  String line();

  /// Words of the buyer.
  record Heard(String text, int confidence) implements Happening {
    @Override
    public String line() {
      return "> " + text + (confidence == 100 ? "" : "   (heard with " + confidence + " %)");
    }
  }

  /// The buyer is not there any more.
  record Left(How how) implements Happening {
    @Override
    public String line() {
      return switch (how) {
        case HUNG_UP -> "— the buyer hung up";
        case VOICEMAIL -> "— it was a machine that answered";
      };
    }
  }

  /// Words that reached the buyer.
  ///
  /// @param disclosure whose they are, or empty
  record Said(String role, String text, String disclosure) implements Happening {
    @Override
    public String line() {
      return role + ": " + text;
    }
  }

  /// A proposal that was not permitted.
  record Stopped(String role, String kind, Verdict verdict, List<Finding> findings)
      implements Happening {
    @Override
    public String line() {
      var why =
          findings.stream()
              .filter(finding -> finding.verdict() == verdict)
              .map(finding -> finding.clause() + " (" + finding.code() + ")")
              .distinct()
              .collect(Collectors.joining(", "));
      return "   %s wanted to %s: %s by %s"
          .formatted(role, kind, verdict.name().toLowerCase(Locale.ROOT), why);
    }
  }

  /// Something that was done outside.
  record Done(String role, String kind, Outcome outcome) implements Happening {
    @Override
    public String line() {
      var came =
          switch (outcome) {
            case Outcome.Confirmed(var facts) -> facts.isEmpty() ? "" : " " + facts.keySet();
            case Outcome.Failed(var reason) -> ": failed, " + reason;
            case Outcome.Unknown(var reason) -> ": nobody knows, " + reason;
          };
      return "   " + role + " did " + kind + came;
    }
  }

  /// Somebody has the conversation now.
  record Held(String role, long epoch) implements Happening {
    @Override
    public String line() {
      return "— " + role + " has it, epoch " + epoch;
    }
  }

  record Consented(String purpose, String state) implements Happening {
    @Override
    public String line() {
      return "— consent to " + purpose + ": " + state;
    }
  }

  record Escalated(String reason) implements Happening {
    @Override
    public String line() {
      return "— a person is asked to look: " + reason;
    }
  }

  record Waits(String right) implements Happening {
    @Override
    public String line() {
      return "— it waits for a holder of " + right;
    }
  }

  record OptedOut() implements Happening {
    @Override
    public String line() {
      return "— the buyer has opted out";
    }
  }

  record Closed(String reason) implements Happening {
    @Override
    public String line() {
      return "— closed: " + reason;
    }
  }
}
