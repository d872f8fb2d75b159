package baton.runtime.contacts;

import baton.handoff.fact.Value;
import baton.persistence.vault.Personal;
import baton.runtime.csv.CsvFile;
import baton.runtime.csv.CsvRow;
import baton.runtime.csv.Limits;
import baton.runtime.csv.Unreadable;
import baton.runtime.outreach.Sealing;
import baton.runtime.tools.Contacts.Brought;
import baton.runtime.tools.Contacts.Field;
import baton.runtime.tools.Contacts.Provenance;
import baton.runtime.tools.Crm;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Takes contacts from one file, a batch of rows at a time. Of a bad row nothing is taken, and a
/// file that is sent again changes nothing.
final class ContactImport {
  static final String CONTACT = "contact";
  static final String SINCE = "since";
  static final String ID = "id";
  private static final String EMAIL = "email";
  private static final String SEATS = "seats";

  /// Fields that say nothing about who somebody is. All others are sealed.
  private static final Set<String> PLAIN =
      Set.of("product", SEATS, "stage", "outcome", "segment", "region", "time-zone", "language");

  private static final String PURPOSE = "identity";
  private static final int BATCH = 500;
  private static final Limits LIMITS = new Limits(Crm.FIELDS_MAX + 3, Crm.TEXT_MAX);

  private final Crm crm;
  private final Sealing sealing;
  private final InstantSource clock;
  private final String tenant;
  private final String operator;
  private final UUID file;
  private final ImportReport report = new ImportReport();

  ContactImport(
      Crm crm, Sealing sealing, InstantSource clock, String tenant, String operator, UUID file) {
    this.crm = crm;
    this.sealing = sealing;
    this.clock = clock;
    this.tenant = tenant;
    this.operator = operator;
    this.file = file;
  }

  /// A row that can be taken, as far as the row itself tells.
  ///
  /// @param contact an id of ours; empty where the buyer's stands for it
  /// @param buyer what the vault knows the buyer by
  private record Row(
      long line, Optional<String> contact, String buyer, Map<String, String> fields) {}

  ImportReport of(InputStream in) {
    try (var csv = new CsvFile(in, LIMITS, Set.of())) {
      check(csv.columns());
      var batch = new ArrayList<Row>(BATCH);
      for (var row = csv.next(); row.isPresent(); row = csv.next()) {
        switch (row.get()) {
          case CsvRow.Bad(var line, var wrong) -> report.refuse(line, wrong);
          case CsvRow.Good good -> read(good).ifPresent(batch::add);
        }
        if (batch.size() == BATCH) take(batch);
      }
      take(batch);
      return report;
    } catch (Unreadable broken) {
      throw new NotRead(broken.getMessage(), report);
    }
  }

  private void check(List<String> columns) {
    if (Set.of(CONTACT, ID, EMAIL).stream().noneMatch(columns::contains)) {
      throw new NotRead("line 1: one of the columns contact, id and email is needed", report);
    }
    for (var column : columns) {
      if (!Crm.isField(column)) {
        throw new NotRead(
            "line 1: '"
                + column
                + "' cannot be a field: write it with small letters, digits, '.' and '-'",
            report);
      }
    }
    if (columns.stream().allMatch(Set.of(CONTACT, ID, SINCE)::contains)) {
      throw new NotRead("line 1: there is no field to take: add a column", report);
    }
  }

  private Optional<Row> read(CsvRow.Good row) {
    var email = row.cell(EMAIL).map(text -> text.toLowerCase(Locale.ROOT));
    if (email.filter(text -> !text.matches("[^@\\s]{1,64}@[^@\\s]{1,189}")).isPresent()) {
      return refused(row.line(), "email is no address: write it as name@example.com");
    }
    if (row.cell(SEATS).filter(text -> !text.matches("[0-9]{1,9}")).isPresent()) {
      return refused(row.line(), "seats is no whole number: write digits alone");
    }
    var buyer = row.cell(ID).or(() -> email);
    if (row.cell(CONTACT).isEmpty() && buyer.isEmpty()) {
      return refused(row.line(), "contact, id and email are all empty: fill one");
    }
    if (buyer.filter(text -> text.length() > 200).isPresent()) {
      return refused(row.line(), "id is longer than 200 characters: shorten it");
    }
    var fields = new LinkedHashMap<String, String>();
    for (var column : row.columns()) {
      if (Set.of(CONTACT, ID, SINCE).contains(column)) continue;
      row.cell(column).ifPresent(text -> fields.put(column, text));
    }
    email.ifPresent(text -> fields.put(EMAIL, text));
    if (fields.isEmpty()) return refused(row.line(), "has no field that says anything: fill one");
    return Optional.of(new Row(row.line(), row.cell(CONTACT), buyer.orElse(""), fields));
  }

  private Optional<Row> refused(long line, String wrong) {
    report.refuse(line, wrong);
    return Optional.empty();
  }

  private void take(List<Row> batch) {
    if (batch.isEmpty()) return;
    var subjects = subjects(batch);
    var known = new ArrayList<Row>();
    for (var row : batch) {
      if (subjects.containsKey(row.line)) known.add(row);
      else report.refuse(row.line, "there is no contact of that id: leave the cell empty");
    }
    var values = values(known, subjects);
    var current =
        crm.direct(contacts -> contacts.current(tenant, new HashSet<>(subjects.values())));
    var brought = new ArrayList<Brought>();
    for (var row : known) {
      brought(row, subjects.get(row.line), values, current).ifPresent(brought::add);
    }
    var at = clock.instant();
    if (!brought.isEmpty()) {
      crm.direct(contacts -> {
        contacts.bring(tenant, brought, at);
        return at;
      });
    }
    batch.clear();
  }

  /// By line.
  private Map<Long, String> subjects(List<Row> batch) {
    var ids = batch.stream().flatMap(row -> row.contact.stream()).toList();
    var ours =
        ids.isEmpty()
            ? Map.<String, String>of()
            : crm.direct(contacts -> contacts.subjects(tenant, ids));
    var others = batch.stream().filter(row -> row.contact.isEmpty()).toList();
    var found = sealing.subjects(tenant, others.stream().map(Row::buyer).toList());
    var subjects = new HashMap<Long, String>();
    for (int i = 0; i < others.size(); i++) subjects.put(others.get(i).line, found.get(i));
    for (var row : batch) {
      row.contact.map(ours::get).ifPresent(subject -> subjects.put(row.line, subject));
    }
    return subjects;
  }

  private record Cell(long line, String field) {}

  /// What the cells say, sealed where it is personal; those of the erased are not there.
  private Map<Cell, Value> values(List<Row> rows, Map<Long, String> subjects) {
    var values = new HashMap<Cell, Value>();
    var cells = new ArrayList<Cell>();
    var texts = new ArrayList<Personal>();
    for (var row : rows) {
      row.fields.forEach((name, text) -> {
        var cell = new Cell(row.line, name);
        if (PLAIN.contains(name)) {
          boolean number = name.equals(SEATS);
          values.put(cell, number ? Value.of(Long.parseLong(text)) : Value.of(text));
        } else {
          cells.add(cell);
          texts.add(new Personal(subjects.get(row.line), text));
        }
      });
    }
    var sealed = sealing.seal(tenant, PURPOSE, texts);
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      sealed.get(i).ifPresent(secret -> values.put(cell, Value.of(secret)));
    }
    return values;
  }

  /// What the row changes; the rows after it know.
  private Optional<Brought> brought(
      Row row, String subject, Map<Cell, Value> values, Map<String, Map<String, Value>> current) {
    boolean erased =
        row.fields.keySet().stream().anyMatch(n -> !values.containsKey(new Cell(row.line, n)));
    if (erased) {
      report.refuse(row.line, "this person's data was erased: nothing is kept of it");
      return Optional.empty();
    }
    boolean isNew = !current.containsKey(subject);
    var before = current.computeIfAbsent(subject, _ -> new HashMap<>());
    var fields = new ArrayList<Field>();
    row.fields
        .keySet()
        .forEach(name -> {
          var value = values.get(new Cell(row.line, name));
          if (isSame(before.get(name), value, row.fields.get(name))) return;
          before.put(name, value);
          fields.add(new Field(name, value, new Provenance.Imported(operator, row.line)));
        });
    if (isNew) report.added();
    else if (fields.isEmpty()) report.unchanged();
    else report.changed();
    if (fields.isEmpty()) return Optional.empty();
    String key = "import:" + file + ":" + row.line;
    return Optional.of(new Brought(subject, Crm.contact(tenant, subject), key, fields));
  }

  /// Sealed twice the same text is two ciphertexts with one digest. What stands in the open, such
  /// as an amount or a time of a conversation's, is the same where it reads the same: a file that
  /// was exported comes back as text alone.
  private static boolean isSame(Value before, Value now, String text) {
    return switch (before) {
      case null -> false;
      case Value.Secret(var a) ->
          now instanceof Value.Secret(var b) && a.digest().equals(b.digest());
      case Value.Text _, Value.Whole _, Value.Time _, Value.Amount _ -> before.shown().equals(text);
    };
  }
}
