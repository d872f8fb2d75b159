package baton.runtime.tools.memory;

import baton.runtime.tools.Appointments;
import baton.runtime.tools.Contacts;
import baton.runtime.tools.Ledger;
import baton.runtime.tools.Letters;

/// The way past the tools to their tables.
public final class TableAccess {
  private TableAccess() {}

  public static Ledger<Contacts> contacts(MemoryTools tools) {
    return tools.effects.on(MemoryContacts::new);
  }

  public static Ledger<Appointments> appointments(MemoryTools tools) {
    return tools.effects.on(MemoryAppointments::new);
  }

  public static Ledger<Letters> letters(MemoryTools tools) {
    return tools.effects.on(MemoryLetters::new);
  }
}
