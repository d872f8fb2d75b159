package baton.runtime.tools.memory;

import baton.runtime.tools.Appointments;
import baton.runtime.tools.Contacts;
import baton.runtime.tools.Ledger;
import baton.runtime.tools.Letters;
import baton.runtime.tools.PriceBook;
import baton.runtime.tools.PriceList;
import java.util.Optional;

/// The way past the tools to their tables.
public final class TableAccess {
  private TableAccess() {}

  public static Ledger<Contacts> contacts(MemoryTools tools) {
    return tools.effects.on(MemoryContacts::new);
  }

  public static PriceBook prices(
      MemoryTools tools, Optional<PriceList> list, PriceBook.Wanted wanted) {
    return new PriceBook(tools.effects.on(MemoryQuotes::new), list, wanted);
  }

  public static Ledger<Appointments> appointments(MemoryTools tools) {
    return tools.effects.on(MemoryAppointments::new);
  }

  public static Ledger<Letters> letters(MemoryTools tools) {
    return tools.effects.on(MemoryLetters::new);
  }
}
