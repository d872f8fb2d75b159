package baton.handoff;

import baton.handoff.action.Action;
import baton.handoff.action.Words;
import baton.handoff.agent.Origin;
import baton.handoff.agent.Part;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Signal;
import baton.handoff.port.Claims;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the outside tells a conversation. Texts are sealed and read before they come here.
public sealed interface Command {
  /// The buyer appears. Repeated with the same content it changes nothing.
  record Open(String campaign, String channel, Buyer buyer) implements Command {}

  /// The buyer has come: to a conversation that the engine began, a contact begins. Where one is
  /// going on it changes nothing.
  record Arrive(String channel) implements Command {}

  /// The buyer is not there any more: the contact is over, the conversation is not. Where none is
  /// going on it changes nothing.
  record Leave(How how) implements Command {
    public enum How {
      HUNG_UP,
      /// A machine answered: nobody was there at any time of this contact.
      VOICEMAIL;

      /// As events and findings name it.
      public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
      }

      /// @param word how one of them is named, or anything else
      public static Optional<How> of(String word) {
        return Stream.of(values()).filter(how -> how.word().equals(word)).findFirst();
      }
    }
  }

  /// The buyer said something.
  ///
  /// @param message the caller's id: the same id and body again changes nothing
  /// @param body HMAC of id, text and confidence together
  /// @param confidence of the transcription, percent
  record Hear(String message, String body, Sealed text, List<Signal> signals, int confidence)
      implements Command {
    public Hear {
      signals = List.copyOf(signals);
    }
  }

  /// The operator who has the conversation wants to say something.
  record Say(String message, String body, String operator, Words words) implements Command {}

  /// What an agent proposes when asked.
  ///
  /// @param ask number of the event that asked
  /// @param origin empty where no model thought of it
  /// @param part empty where this is the whole answer
  record Answer(
      Role role,
      long epoch,
      long ask,
      List<Action> actions,
      Optional<Origin> origin,
      Optional<Part> part)
      implements Command {
    public Answer {
      actions = List.copyOf(actions);
    }

    public Answer(Role role, long epoch, long ask, List<Action> actions) {
      this(role, epoch, ask, actions, Optional.empty(), Optional.empty());
    }
  }

  /// What an agent replies to the offer of a lease.
  record Reply(Role role, long epoch, boolean accepts, String reason) implements Command {}

  /// The permit could not be claimed.
  record Unclaimed(String permit, Claims.Reason reason) implements Command {}

  /// What came of a claimed permit.
  ///
  /// @param claim the claim's number
  record Settle(String permit, long claim, String digest, Instant claimedAt, Outcome outcome)
      implements Command {}

  record TakeOver(String operator) implements Command {}

  record HandBack(String operator) implements Command {}

  record End(String operator, String reason) implements Command {}

  /// A right-holder's answer to an open approval.
  ///
  /// @param approval number of the event that opened it
  record Resolve(long approval, String operator, boolean approves, String reason)
      implements Command {}

  /// An operator has found out what came of an effect that nobody knew the outcome of.
  ///
  /// @param key the claim's idempotency key
  /// @param claim the claim's number
  record Attest(
      String key, long claim, Instant claimedAt, String operator, boolean happened, String reason)
      implements Command {}

  /// Something may be due, or may have changed: the clock, a control, the policy.
  record Wake() implements Command {}

  /// Who the buyer is, as far as was said. What identifies is sealed.
  ///
  /// @param subject the vault's id
  /// @param body HMAC of all that the caller sent, to tell a repetition from a conflict
  /// @param zone IANA name, or empty
  record Buyer(
      String subject,
      String body,
      Sealed id,
      Optional<Sealed> phone,
      Optional<Sealed> email,
      String zone,
      String region,
      String segment) {}
}
