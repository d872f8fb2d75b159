package baton.handoff.fact;

/// One thing the interpreter read out of a text: a matched phrase, an intent, an amount.
///
/// @param name one of the constants below, or a name that only a policy knows
/// @param value what was read; for a matched phrase, the phrase's name in the lexicon
/// @param confidence percent, 0 to 100
/// @param from first character of the evidence in the text
/// @param to one past the last
public record Signal(String name, Value value, int confidence, int from, int to) {
  public static final String OPT_OUT = "opt-out";

  /// Perhaps a wish to be left alone: to be asked about.
  public static final String MAYBE_OPT_OUT = "maybe-opt-out";

  public static final String WANT_HUMAN = "want-human";
  public static final String YES = "yes";
  public static final String NO = "no";

  /// "Maybe", "I guess": neither a yes nor a no.
  public static final String VAGUE = "vague";

  /// Value: the purpose's name, or `all`.
  public static final String WITHDRAW_CONSENT = "withdraw-consent";

  public static final String GREETING = "greeting";
  public static final String GOODBYE = "goodbye";

  /// Value: a product's name in the price book.
  public static final String PRODUCT = "product";

  /// Value: a whole number of seats.
  public static final String SEATS = "seats";

  /// Value: an instant, the beginning of what the buyer named.
  public static final String TIME = "time";

  /// Value: an instant, the end of the window that the buyer named. Goes with a `time` of the same
  /// message.
  public static final String TIME_UNTIL = "time-until";

  /// Value: `morning` (until 12:00), `afternoon` (12:00 to 17:00) or `evening` (from 17:00), on the
  /// buyer's clock.
  public static final String DAY_PART = "day-part";

  /// Value: an IANA zone name.
  public static final String TIME_ZONE = "time-zone";

  /// "The second one". Value: which of what was offered, from 1.
  public static final String CHOICE = "choice";

  /// A message that is a number and little else. What it counts depends on the question it answers.
  public static final String NUMBER = "number";

  /// What the buyer has come for. Value: trial, appointment, quote, order or help.
  public static final String WISH = "wish";

  /// Value: an amount of money that the buyer names as what they have or would pay.
  public static final String BUDGET = "budget";

  /// The buyer takes something back that was said or understood: "no, Thursday", "I meant five".
  public static final String CORRECTION = "correction";

  /// The message is in another language than the lexicon's. Value: its ISO 639-1 code.
  public static final String LANGUAGE = "language";

  /// The buyer did not understand.
  public static final String CONFUSED = "confused";

  /// The buyer asks for a moment.
  public static final String WAIT = "wait";

  public static final String THANKS = "thanks";
  public static final String SMALL_TALK = "small-talk";

  /// The buyer says to hold a right that only our side has, or to speak for it.
  public static final String CLAIMS_AUTHORITY = "claims-authority";

  /// Words meant for a machine's instructions and not for a seller.
  public static final String INSTRUCTION = "instruction";

  public static final String NAME = "name";
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String ASK_PRICE = "ask-price";
  public static final String ASK_PRODUCT = "ask-product";

  /// "Are you a robot?"
  public static final String ASK_IDENTITY = "ask-identity";

  /// Value: percent off that the buyer asks for; 0 where no figure was named.
  public static final String ASK_DISCOUNT = "ask-discount";

  /// Value: price, timing, authority, need, competitor or trust.
  public static final String OBJECTION = "objection";

  public static final String RESCHEDULE = "reschedule";
  public static final String CANCEL = "cancel";
  public static final String ANGER = "anger";
  public static final String COMPLAINT = "complaint";

  /// Read in an agent's words. Value: the lexicon's name of the claim.
  public static final String CLAIM = "claim";

  /// Read in an agent's words: false urgency or scarcity.
  public static final String PRESSURE = "pressure";

  /// Read in an agent's words: a promise that binds the seller.
  public static final String PROMISE = "promise";

  /// Read in an agent's words. Value: an amount of money.
  public static final String PRICE = "price";

  /// Read in an agent's words. Value: percent.
  public static final String DISCOUNT = "discount";
}
