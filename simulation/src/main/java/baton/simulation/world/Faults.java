package baton.simulation.world;

/// What goes wrong, and when. It is asked once for each thing that may.
public interface Faults {
  /// A way that something takes: between processes, to the database, to a tool.
  enum Hop {
    /// From outside to the supervisor.
    COMMAND,
    /// To a journal and back.
    APPEND,
    /// To a journal's end, to look at it, and back.
    LOOK,
    /// To the authority row and back.
    ADVANCE,
    /// To the claims and back.
    CLAIM,
    /// A claim's outcome, to the claims and back.
    SETTLE,
    /// To a tool.
    CALL,
    /// To an agent, and through its thinking.
    THINK,
    /// An agent's answer or an outcome, back to the supervisor.
    REPORT
  }

  /// How it gets there.
  ///
  /// @param arrives false where it is lost on the way there
  /// @param answered false where the answer is lost on the way back
  /// @param waitMillis on the way there
  /// @param againMillis when it arrives a second time, or 0 where it does not
  record Passage(boolean arrives, boolean answered, long waitMillis, long againMillis) {
    public static final Passage SMOOTH = new Passage(true, true, 0, 0);
  }

  /// What a tool does with a call.
  enum Mishap {
    NONE,
    /// It does it, and fails to say so.
    ANSWER_LOST,
    /// It fails before it has done anything, and nobody is told.
    DEAD,
    /// It says no.
    REFUSED
  }

  /// @param kind of the action, or empty
  Passage passage(Hop hop, String kind);

  Mishap call(String kind);

  /// Whether a node reads what was true a moment ago: a control, a policy, an opt-out.
  boolean behind();

  /// Whether a command goes to another node than the one that has the conversation.
  boolean elsewhere();

  /// Nothing goes wrong.
  Faults NONE =
      new Faults() {
        @Override
        public Passage passage(Hop hop, String kind) {
          return Passage.SMOOTH;
        }

        @Override
        public Mishap call(String kind) {
          return Mishap.NONE;
        }

        @Override
        public boolean behind() {
          return false;
        }

        @Override
        public boolean elsewhere() {
          return false;
        }
      };
}
