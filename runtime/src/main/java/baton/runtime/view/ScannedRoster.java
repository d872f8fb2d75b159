package baton.runtime.view;

import baton.handoff.port.Claims;
import baton.handoff.port.Claims.Claim;
import baton.handoff.port.Conversations;
import baton.handoff.port.Conversations.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// [Roster] over the ports alone: it reads every row each time, so it is for ports in memory.
public final class ScannedRoster implements Roster {
  private static final int PAGE = 500;
  private static final Comparator<Row> NEWEST_FIRST =
      Comparator.comparing(Row::updatedAt).thenComparing(row -> row.id().id()).reversed();

  private final Conversations conversations;
  private final Claims claims;

  public ScannedRoster(Conversations conversations, Claims claims) {
    this.conversations = conversations;
    this.claims = claims;
  }

  @Override
  public List<Row> page(String tenant, Wanted wanted, Optional<Place> after, int limit) {
    return all(tenant).stream()
        .filter(row -> wanted.status().isEmpty() || wanted.status().get().equals(row.status()))
        .filter(
            row -> wanted.campaign().isEmpty() || wanted.campaign().get().equals(row.campaign()))
        .filter(row ->
            wanted.holder().isEmpty()
                || wanted.holder().get().equals(row.holder().orElse("nobody"))
                    && !row.status().equals("closed"))
        .sorted(NEWEST_FIRST)
        .filter(row -> after.isEmpty() || isBehind(row, after.get()))
        .limit(limit)
        .toList();
  }

  private static boolean isBehind(Row row, Place place) {
    int byTime = row.updatedAt().compareTo(place.updatedAt());
    return byTime < 0 || byTime == 0 && row.id().id().compareTo(place.id()) < 0;
  }

  @Override
  public List<Held> held(String tenant) {
    return all(tenant).stream()
        .filter(row -> !row.status().equals("closed"))
        .collect(
            Collectors.groupingBy(
                row -> List.of(row.status(), row.holder().orElse("")), Collectors.counting()))
        .entrySet()
        .stream()
        .map(group ->
            new Held(group.getKey().getFirst(), group.getKey().getLast(), group.getValue()))
        .sorted(Comparator.comparing(Held::status).thenComparing(Held::holder))
        .toList();
  }

  @Override
  public List<Unfinished> unfinished(String tenant, int limit) {
    var unfinished = new ArrayList<Unfinished>();
    long after = 0;
    List<Claim> page;
    do {
      page = claims.page(tenant, after, Optional.empty(), PAGE);
      for (var claim : page) {
        after = claim.n();
        boolean open =
            switch (claim.state()) {
              case CLAIMED, UNKNOWN -> true;
              case CONFIRMED, FAILED -> false;
            };
        if (open && unfinished.size() < limit) {
          unfinished.add(
              new Unfinished(
                  claim.conversation(),
                  claim.role().name(),
                  claim.kind(),
                  claim.state(),
                  claim.at()));
        }
      }
    } while (page.size() == PAGE);
    return unfinished;
  }

  private List<Row> all(String tenant) {
    var all = new ArrayList<Row>();
    List<Row> page;
    do {
      String after = all.isEmpty() ? "" : all.getLast().id().id();
      page = conversations.page(tenant, after, Optional.empty(), PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    all.removeIf(row -> row.seq() == 0);
    return all;
  }
}
