package baton.handoff.action;

import baton.handoff.Role;
import baton.handoff.fact.Consent;
import baton.handoff.fact.Money;
import baton.handoff.fact.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One discrete piece of sales work that a role may propose. [UseTool] is the extension point.
public sealed interface Action {
  /// The name in policies and in the public contract.
  String kind();

  /// Every kind but `tool:NAME`.
  List<String> KINDS =
      List.of(
          "initiate-contact",
          "speak",
          "disclose",
          "ask-consent",
          "interpret-consent",
          "raise-urgency",
          "find-slots",
          "book",
          "reschedule",
          "cancel",
          "request-hand-off",
          "transfer-to-human",
          "quote",
          "concede",
          "request-commitment",
          "take-commitment",
          "write-crm",
          "send-message",
          "schedule-follow-up",
          "record",
          "escalate",
          "close");

  /// Voiced to the buyer over the conversation's channel.
  sealed interface Spoken extends Action {
    Words words();

    /// What the buyer's next yes or no is an answer to; empty where nothing was asked.
    String asks();
  }

  /// Carried out by a tool, under a claim.
  sealed interface Outside extends Action {}

  /// A change of the conversation's own state: it takes hold with the decision itself.
  sealed interface Inside extends Action {}

  /// @param asks the topic of the question these words put, or empty
  record Speak(Words words, String asks) implements Spoken {
    @Override
    public String kind() {
      return "speak";
    }
  }

  /// @param disclosure the name of the policy's disclosure
  record Disclose(String disclosure, Words words) implements Spoken {
    @Override
    public String kind() {
      return "disclose";
    }

    @Override
    public String asks() {
      return "";
    }
  }

  record AskConsent(String purpose, Words words) implements Spoken {
    @Override
    public String kind() {
      return "ask-consent";
    }

    @Override
    public String asks() {
      return "consent." + purpose;
    }
  }

  record RaiseUrgency(Words words) implements Spoken {
    @Override
    public String kind() {
      return "raise-urgency";
    }

    @Override
    public String asks() {
      return "";
    }
  }

  record RequestCommitment(String quote, Words words) implements Spoken {
    @Override
    public String kind() {
      return "request-commitment";
    }

    @Override
    public String asks() {
      return "commitment";
    }
  }

  /// Where the engine reaches out first.
  record InitiateContact(String channel) implements Outside {
    @Override
    public String kind() {
      return "initiate-contact";
    }
  }

  /// @param zone the buyer's time zone, an IANA name
  /// @param part the part of the buyer's day, see [baton.handoff.fact.Signal#DAY_PART]
  record FindSlots(Instant from, Instant until, String zone, Optional<String> part)
      implements Outside {
    @Override
    public String kind() {
      return "find-slots";
    }
  }

  /// @param slot the calendar's name of a free slot
  record Book(String slot, Instant start, String zone) implements Outside {
    @Override
    public String kind() {
      return "book";
    }
  }

  record Reschedule(String booking, String slot, Instant start, String zone) implements Outside {
    @Override
    public String kind() {
      return "reschedule";
    }
  }

  record Cancel(String booking) implements Outside {
    @Override
    public String kind() {
      return "cancel";
    }
  }

  /// Offers the conversation to an operator; once it is offered, the role's lease has ended.
  record TransferToHuman(String reason) implements Outside {
    @Override
    public String kind() {
      return "transfer-to-human";
    }
  }

  /// A quote at list price.
  record Quote(String product, long seats) implements Outside {
    @Override
    public String kind() {
      return "quote";
    }
  }

  /// @param percent off the list price in all, 1 to 100
  record Concede(String quote, int percent) implements Outside {
    @Override
    public String kind() {
      return "concede";
    }
  }

  /// Turns a quote into an order.
  record TakeCommitment(String quote, Money total) implements Outside {
    @Override
    public String kind() {
      return "take-commitment";
    }
  }

  record WriteCrm(Map<String, Value> fields) implements Outside {
    public WriteCrm {
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public String kind() {
      return "write-crm";
    }
  }

  /// A message outside the conversation (e-mail, SMS).
  record SendMessage(String channel, Words words) implements Outside {
    @Override
    public String kind() {
      return "send-message";
    }
  }

  /// Starts a recording of this contact.
  record Record(String channel) implements Outside {
    @Override
    public String kind() {
      return "record";
    }
  }

  record UseTool(String name, Map<String, Value> arguments) implements Outside {
    public UseTool {
      arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    @Override
    public String kind() {
      return "tool:" + name;
    }
  }

  /// What the buyer's answer means for one purpose.
  ///
  /// @param evidence number of the event in which the buyer was heard
  record InterpretConsent(String purpose, Consent.State state, long evidence) implements Inside {
    @Override
    public String kind() {
      return "interpret-consent";
    }
  }

  record RequestHandOff(Role to, String reason) implements Inside {
    @Override
    public String kind() {
      return "request-hand-off";
    }
  }

  record ScheduleFollowUp(Instant at, String channel) implements Inside {
    @Override
    public String kind() {
      return "schedule-follow-up";
    }
  }

  /// Asks for a person's attention without giving the conversation away.
  record Escalate(String reason) implements Inside {
    @Override
    public String kind() {
      return "escalate";
    }
  }

  record Close(String reason) implements Inside {
    @Override
    public String kind() {
      return "close";
    }
  }
}
