package baton.runtime.contacts;

import baton.handoff.fact.Value;
import baton.handoff.port.Vault;
import baton.runtime.csv.CsvOut;
import baton.runtime.outreach.Sealing;
import baton.runtime.tools.Contacts.Contact;
import baton.runtime.tools.Contacts.Written;
import baton.runtime.tools.Crm;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The contacts of the CRM as people exchange them: read from and written to CSV files. What is
/// personal is sealed on its way in and opened on its way out. Thread-safe; blocks.
public final class ContactBook {
  /// Contacts in memory at a time.
  static final int PAGE = 500;

  private final Crm crm;
  private final Sealing sealing;
  private final Vault vault;
  private final InstantSource clock;
  private final Supplier<UUID> names;
  private final AtomicBoolean importing = new AtomicBoolean();

  public ContactBook(Crm crm, Sealing sealing, Vault vault, InstantSource clock) {
    this(crm, sealing, vault, clock, UUID::randomUUID);
  }

  /// @param names what imports are called by
  public ContactBook(
      Crm crm, Sealing sealing, Vault vault, InstantSource clock, Supplier<UUID> names) {
    this.crm = crm;
    this.sealing = sealing;
    this.vault = vault;
    this.clock = clock;
    this.names = names;
  }

  /// Takes what a file brings, row by row. Empty where another file is being read.
  ///
  /// @throws NotRead where the file cannot be read, or not to its end
  public Optional<ImportReport> read(String tenant, String operator, InputStream in) {
    if (!importing.compareAndSet(false, true)) return Optional.empty();
    try {
      var name = names.get();
      return Optional.of(new ContactImport(crm, sealing, clock, tenant, operator, name).of(in));
    } finally {
      importing.set(false);
    }
  }

  /// All contacts, a page at a time, so that it takes no more memory than one.
  public Writing writing(String tenant) {
    var names = crm.direct(contacts -> contacts.names(tenant));
    return new Writing(tenant, List.copyOf(names));
  }

  /// A file that is being written.
  public final class Writing {
    private final String tenant;
    private final List<String> names;
    private Optional<String> after = Optional.empty();
    private boolean done;

    private Writing(String tenant, List<String> names) {
      this.tenant = tenant;
      this.names = names;
    }

    /// Writes the next part.
    ///
    /// @return false where there was none
    public boolean next(OutputStream out) {
      if (done) return false;
      var csv = new CsvOut(out);
      if (after.isEmpty()) {
        var header = new ArrayList<>(List.of(ContactImport.CONTACT, ContactImport.SINCE));
        header.addAll(names);
        csv.row(header);
      }
      var page = crm.page(tenant, after.orElse(""), PAGE);
      for (var contact : page) csv.row(row(contact));
      if (!page.isEmpty()) after = Optional.of(page.getLast().id());
      done = page.size() < PAGE;
      return true;
    }

    private List<String> row(Contact contact) {
      Map<String, String> cells = new HashMap<>();
      for (Written written : contact.fields()) {
        cells.put(written.field().name(), shown(tenant, written.field().value()));
      }
      var row = new ArrayList<>(List.of(contact.id(), contact.since().toString()));
      for (var name : names) row.add(cells.getOrDefault(name, ""));
      return row;
    }
  }

  /// Empty where nobody may know it any more.
  private String shown(String tenant, Value value) {
    return switch (value) {
      case Value.Secret(var sealed) -> vault.open(tenant, sealed).orElse("");
      case Value.Text _, Value.Whole _, Value.Time _, Value.Amount _ -> value.shown();
    };
  }
}
