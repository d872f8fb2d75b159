package baton.persistence.codec;

/// How far a journal has been followed and found whole: rows and events without a gap, each row
/// naming the hash of the one before.
///
/// @param row number of the last row, 0 for none
/// @param event number of the last event, 0 for none; agents' journals do not number events
/// @param head hash of the last row
public record Chain(long row, long event, String head) {
  public static final Chain START = new Chain(0, 0, Chained.FIRST);

  /// A row with the number under which the journal keeps it.
  public interface Row {
    long number();

    Chained link();
  }

  /// What following a chain came to.
  public sealed interface Followed {
    record Whole(Chain chain) implements Followed {}

    /// @param row number of the first row that is wrong, as the journal numbers it
    record Broken(long row, String why) implements Followed {}
  }

  /// Where a snapshot left off.
  ///
  /// @param row number of the row whose hash it names
  public static Chain from(long row, Snapshot snapshot) {
    return new Chain(row, snapshot.state().seq(), snapshot.head());
  }

  /// Follows rows from here, and stops at the first that is wrong.
  public Followed follow(Iterable<? extends Row> rows) {
    var chain = this;
    for (var row : rows) {
      switch (chain.follow(row.number(), row.link())) {
        case Followed.Whole(var next) -> chain = next;
        case Followed.Broken broken -> {
          return broken;
        }
      }
    }
    return new Followed.Whole(chain);
  }

  /// Follows one row from here.
  public Followed follow(long number, Chained link) {
    if (number != row + 1) {
      return broken(number, "row " + (row + 1) + " was expected");
    }
    if (!link.previous().equals(head)) {
      return broken(number, "it does not name the hash of the row before it");
    }
    return switch (link) {
      case Link step when step.entry().first() != event + 1 ->
          broken(number, "event " + (event + 1) + " was expected");
      case Link step -> whole(number, step.entry().last(), link);
      case AgentLink _ -> whole(number, 0, link);
    };
  }

  private static Followed whole(long number, long event, Chained link) {
    return new Followed.Whole(new Chain(number, event, link.hash()));
  }

  private static Followed broken(long number, String why) {
    return new Followed.Broken(number, why);
  }
}
