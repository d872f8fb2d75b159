package baton.runtime.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import baton.handoff.action.Action.WriteCrm;
import baton.handoff.fact.Sealed;
import baton.handoff.fact.Value;
import baton.persistence.vault.MemoryVault;
import baton.persistence.vault.Personal;
import baton.runtime.contacts.ContactBook;
import baton.runtime.contacts.ImportReport;
import baton.runtime.outreach.Sealing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Contacts on both storages: the same in, the same out.
class ContactsTwinTest {
  private final MemoryVault vault = new MemoryVault(3);
  private final AtomicLong imports = new AtomicLong();

  @Test
  void bothStoragesHoldAndShowTheSameContacts() {
    var files = Stream.of(Storage.values()).map(this::exchanged).distinct().toList();
    assertEquals(1, files.size(), () -> String.join("\n---\n", files));
    assertTrue(files.getFirst().contains("contact,since,company,email,stage"), files::getFirst);
  }

  private String exchanged(Storage storage) {
    imports.set(0);
    var bench = storage.empty();
    var book = book(bench);
    bench.confirmed(bench.crm, "k1", new WriteCrm(Map.of("company", Value.of("Acme"))));
    read(book, bench, "email,stage\nada@x.org,new\neve@x.org,won\nada@x.org,won\n");
    read(book, bench, "email,stage\nada@x.org,won\nkim@x.org,lost\n");
    String file = written(book, bench);
    var contacts = bench.crm.page(bench.tenant, "", 10);
    var histories =
        contacts.stream()
            .map(contact -> bench.crm.find(bench.tenant, contact.id()).orElseThrow())
            .map(contact ->
                contact.fields().stream()
                    .map(w -> w.field().name() + w.field().provenance() + w.key() + w.at())
                    .toList()
                    .toString())
            .sorted()
            .toList();
    String rows =
        file.lines().map(line -> line.replaceFirst("^c[0-9a-f]{20}", "ID")).sorted().toList()
            + "\n"
            + histories;
    return rows.replace(bench.tenant, "T");
  }

  @Test
  void manyRowsAreTakenInBatchesAndComeOutInPages() {
    var bench = Storage.POSTGRESQL.empty();
    var book = book(bench);
    var text = new StringBuilder("email,name,stage\n");
    for (int i = 0; i < 2_600; i++) {
      text.append("p").append(i).append("@x.org,Person ").append(i).append(",new\n");
    }
    var report = read(book, bench, text.toString());
    assertEquals(2_600, report.addedCount());
    assertEquals(0, report.refusedCount());
    assertEquals(2_601, written(book, bench).lines().count());
    assertEquals(2_600, read(book, bench, text.toString()).unchangedCount());
  }

  private static ImportReport read(ContactBook book, Bench bench, String csv) {
    InputStream in = new ByteArrayInputStream(csv.getBytes(UTF_8));
    return book.read(bench.tenant, "operator", in).orElseThrow();
  }

  private static String written(ContactBook book, Bench bench) {
    var out = new ByteArrayOutputStream();
    var writing = book.writing(bench.tenant);
    while (writing.next(out)) continue;
    return out.toString(UTF_8);
  }

  private ContactBook book(Bench bench) {
    var sealing =
        new Sealing() {
          @Override
          public List<String> subjects(String tenant, List<String> buyers) {
            return buyers.stream().map(buyer -> vault.subject(tenant, buyer)).toList();
          }

          @Override
          public List<Optional<Sealed>> seal(String tenant, String purpose, List<Personal> texts) {
            return texts.stream()
                .map(text -> vault.seal(tenant, text.subject(), purpose, text.clear()))
                .map(Optional::of)
                .toList();
          }
        };
    var clock = InstantSource.fixed(Bench.MONDAY);
    return new ContactBook(
        bench.crm, sealing, vault, clock, () -> new UUID(0, imports.incrementAndGet()));
  }
}
