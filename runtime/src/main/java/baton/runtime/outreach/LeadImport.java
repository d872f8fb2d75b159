package baton.runtime.outreach;

import baton.persistence.vault.Personal;
import baton.runtime.csv.CsvFile;
import baton.runtime.csv.CsvRow;
import baton.runtime.csv.Limits;
import baton.runtime.csv.Unreadable;
import baton.runtime.outreach.LeadRow.Fault;
import baton.runtime.outreach.Leads.Fresh;
import baton.runtime.outreach.Leads.Known;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Adds the leads of one file to a campaign, a batch of rows at a time. A row that cannot be taken
/// keeps no other from being added, and a file that is sent again adds nothing.
final class LeadImport {
  /// Rows in memory at a time.
  static final int BATCH = 1_000;

  private static final Limits LIMITS = new Limits(LeadForm.COLUMNS.size(), 4_000);

  private final Leads leads;
  private final Sealing vault;
  private final InstantSource clock;
  private final String tenant;
  private final String campaign;
  private final UUID file;
  private final Report report = new Report();

  /// @param file names this import
  LeadImport(
      Leads leads, Sealing vault, InstantSource clock, String tenant, String campaign, UUID file) {
    this.leads = leads;
    this.vault = vault;
    this.clock = clock;
    this.tenant = tenant;
    this.campaign = campaign;
    this.file = file;
  }

  /// @throws NotRead where the file cannot be read, or not to its end
  Report of(InputStream in) {
    try (var csv = new CsvFile(in, LIMITS, Set.of("email"))) {
      LeadForm.check(csv.columns());
      var batch = new ArrayList<LeadRow>(BATCH);
      for (var row = csv.next(); row.isPresent(); row = csv.next()) {
        switch (row.get()) {
          case CsvRow.Bad(var line, var wrong) -> report.refused(new Fault(line, "", wrong));
          case CsvRow.Good good -> {
            switch (LeadForm.read(good)) {
              case LeadForm.Reading.Faulty(var fault) -> report.refused(fault);
              case LeadForm.Reading.Good(var lead) -> batch.add(lead);
            }
          }
        }
        if (batch.size() == BATCH) add(batch);
      }
      add(batch);
      return report;
    } catch (LeadForm.BadHeader bad) {
      throw new NotRead("line 1: " + bad.getMessage(), 0);
    } catch (Unreadable broken) {
      throw new NotRead(broken.getMessage(), report.added());
    }
  }

  private void add(List<LeadRow> batch) {
    if (batch.isEmpty()) return;
    var addresses = vault.subjects(tenant, batch.stream().map(LeadRow::email).toList());
    var subjects = vault.subjects(tenant, batch.stream().map(LeadRow::buyer).toList());
    var known = leads.known(tenant, campaign, addresses, subjects);
    var candidates = new ArrayList<Candidate>(batch.size());
    var seen = new Seen(known);
    for (int i = 0; i < batch.size(); i++) {
      seen.candidate(batch.get(i), subjects.get(i), addresses.get(i)).ifPresent(candidates::add);
    }
    var wanted = stillWanted(candidates);
    var sealed =
        vault.seal(
            tenant,
            Leads.IDENTITY,
            wanted.stream().map(c -> new Personal(c.subject, Person.of(c.row).json())).toList());
    var fresh = new ArrayList<Fresh>(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      var c = wanted.get(i);
      if (sealed.get(i).isPresent()) {
        fresh.add(new Fresh(c.row, c.subject, c.address, sealed.get(i).get()));
      } else {
        refuse(c.row, "email", "this person's data was erased: leave the row out of the file");
      }
    }
    var added = leads.add(tenant, campaign, file, fresh, clock.instant());
    for (var lead : fresh) {
      if (added.contains(lead.subject())) report.one();
      else report.known(new Fault(lead.row().line(), "email", "somebody added it meanwhile"));
    }
    batch.clear();
  }

  private record Candidate(LeadRow row, String subject, String address) {}

  /// Whom the engine knows already, the rows before this one among them.
  private final class Seen {
    private final Map<String, Known> byAddress = new HashMap<>();
    private final Map<String, Known> bySubject = new HashMap<>();

    /// The same person may be a lead of another campaign.
    private final Map<String, String> subjects = new HashMap<>();

    Seen(List<Known> known) {
      for (var one : known) {
        subjects.put(one.address(), one.subject());
        if (one.campaign().equals(campaign)) note(one);
      }
    }

    private void note(Known one) {
      byAddress.put(one.address(), one);
      bySubject.put(one.subject(), one);
    }

    Optional<Candidate> candidate(LeadRow row, String given, String address) {
      if (byAddress.containsKey(address)) {
        tell(row, "email", byAddress.get(address));
        return Optional.empty();
      }
      String subject = row.id().isPresent() ? given : subjects.getOrDefault(address, given);
      if (!subjects.getOrDefault(address, subject).equals(subject)) {
        refuse(
            row,
            "id",
            "another campaign has this e-mail address under another id: give the same id, or none");
        return Optional.empty();
      }
      if (bySubject.containsKey(subject)) {
        tell(row, row.id().isPresent() ? "id" : "email", bySubject.get(subject));
        return Optional.empty();
      }
      note(new Known(campaign, subject, address, file, row.line(), clock.instant()));
      return Optional.of(new Candidate(row, subject, address));
    }

    private void tell(LeadRow row, String column, Known known) {
      boolean here = known.file().equals(file);
      var since = known.at().atZone(ZoneOffset.UTC).toLocalDate();
      String wrong =
          here
              ? "the same as in line " + known.line() + ": leave one of them out"
              : "a lead of this campaign since " + since + ": nothing to do";
      var fault = new Fault(row.line(), column, wrong);
      if (here) report.twice(fault);
      else report.known(fault);
    }
  }

  /// Without those who want to be left alone.
  private List<Candidate> stillWanted(List<Candidate> candidates) {
    var asked = new HashSet<String>();
    for (var c : candidates) {
      asked.add(c.subject);
      asked.add(c.address);
    }
    var optedOut = leads.optedOut(tenant, asked);
    var wanted = new ArrayList<Candidate>(candidates.size());
    for (var c : candidates) {
      if (Stream.of(c.subject, c.address).noneMatch(optedOut::contains)) wanted.add(c);
      else refuse(c.row, "email", "this person has opted out: leave the row out of the file");
    }
    return wanted;
  }

  private void refuse(LeadRow row, String column, String wrong) {
    report.refused(new Fault(row.line(), column, wrong));
  }
}
