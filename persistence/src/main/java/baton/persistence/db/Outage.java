package baton.persistence.db;

import java.sql.SQLException;

/// The database did not do what it was asked, or did not say whether it did.
///
/// Its message holds no values of rows: those may be personal.
public final class Outage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The connection is gone or was never had; whether the work was done is not known.
  private final boolean disconnected;

  public Outage(SQLException cause) {
    super("the database failed, SQL state " + cause.getSQLState(), cause);
    this.disconnected = isConnection(cause.getSQLState());
  }

  boolean disconnected() {
    return disconnected;
  }

  /// It is about what was asked, and not about the database: class 22 is data that cannot be, 23 a
  /// constraint. What was asked in one piece with it may be asked without it.
  public boolean isOfData() {
    var state = ((SQLException) getCause()).getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  /// Class 08 is the connection itself, 57P the server's shutdown or start.
  private static boolean isConnection(String state) {
    return state == null || state.startsWith("08") || state.startsWith("57P");
  }
}
