package baton.runtime.tools.memory;

import baton.runtime.tools.Letters;
import baton.runtime.tools.Seller;
import baton.runtime.tools.Settled;
import java.util.ArrayDeque;
import java.util.Deque;

/// All tables of all tools. Only [MemoryEffects] lets anybody at them.
final class MemoryRows {
  private final Deque<Runnable> undo = new ArrayDeque<>();

  final Table<Settled> effects = new Table<>(undo);
  final Table<Seller> sellers = new Table<>(undo);
  final Table<Row.Booked> bookings = new Table<>(undo);
  final Table<Row.Price> prices = new Table<>(undo);
  final Table<Row.Quote> quotes = new Table<>(undo);
  final Table<Row.Order> orders = new Table<>(undo);
  final Table<Row.Contact> contacts = new Table<>(undo);
  final Table<Row.Written> fields = new Table<>(undo);
  final Table<Row.Word> operators = new Table<>(undo);
  final Table<Letters.Written> letters = new Table<>(undo);
  final Table<Row.Offer> offers = new Table<>(undo);
  final Table<Row.Decline> declines = new Table<>(undo);

  /// What was changed since stays.
  void commit() {
    undo.clear();
  }

  /// What was changed since the last commit is as it was.
  void rollback() {
    while (!undo.isEmpty()) undo.pop().run();
  }
}
