package baton.simulation.explore;

import java.util.List;

/// Where an exploration begins: a world that the first node has reached alone, by these steps.
///
/// @param way what each step's deed begins with
record Station(String name, List<String> way) {
  private static final List<String> OPENED = List.of("the buyer opens", "writes");
  private static final List<String> ASKED =
      List.of("booking answers ask-consent", "claims", "hears", "the buyer says yes");
  private static final List<String> BOOKED =
      List.of("booking answers interpret-consent", "writes", "claims", "does", "hears");
  private static final List<String> TRANSFERRED =
      List.of("booking answers request-hand-off", "writes", "transfer accepts", "writes");
  private static final List<String> CLOSING =
      List.of("transfer answers request-hand-off", "writes", "closing accepts", "writes");

  /// From the first word to the last role.
  static final List<Station> ALL =
      List.of(
          new Station("nothing has happened", List.of()),
          along("consent was given", List.of(OPENED, ASKED)),
          along("an appointment is made", List.of(OPENED, ASKED, BOOKED)),
          along("transfer has it", List.of(OPENED, ASKED, BOOKED, TRANSFERRED)),
          along("closing has it", List.of(OPENED, ASKED, BOOKED, TRANSFERRED, CLOSING)));

  private static Station along(String name, List<List<String>> ways) {
    return new Station(name, ways.stream().flatMap(List::stream).toList());
  }
}
