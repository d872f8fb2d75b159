package baton.simulation.explore;

import java.util.List;

/// Where an exploration begins: a world that the first node has reached alone, when this came to it
/// from outside and it had finished each time what it could by itself.
///
/// @param way what each step from outside begins with, in a transcript
record Station(String name, List<String> way) {
  private static final List<String> CONSENT =
      List.of("the buyer opens", "booking answers ask-consent", "the buyer says yes");
  private static final List<String> BOOKED = List.of("booking answers interpret-consent");
  private static final List<String> TRANSFER =
      List.of("booking answers request-hand-off", "transfer accepts");
  private static final List<String> CLOSING =
      List.of("transfer answers request-hand-off", "closing accepts");

  /// From the first word to the last role.
  static final List<Station> ALL =
      List.of(
          along("nothing has happened", List.of()),
          along("consent was given", List.of(CONSENT)),
          along("an appointment is made", List.of(CONSENT, BOOKED)),
          along("transfer has it", List.of(CONSENT, BOOKED, TRANSFER)),
          along("closing has it", List.of(CONSENT, BOOKED, TRANSFER, CLOSING)));

  private static Station along(String name, List<List<String>> ways) {
    return new Station(name, ways.stream().flatMap(List::stream).toList());
  }
}
