package baton.runtime.tools.memory;

import baton.runtime.tools.Contacts;
import baton.runtime.tools.Ledger;

/// The way past the tools to their tables.
public final class TableAccess {
  private TableAccess() {}

  public static Ledger<Contacts> contacts(MemoryTools tools) {
    return tools.effects.on(MemoryContacts::new);
  }
}
