package baton.runtime.pages.console;

import baton.runtime.http.Route;
import baton.runtime.http.Site;
import baton.runtime.pages.Templates;
import baton.runtime.view.Roster;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The operator console: every page that lies behind the sign-in.
public final class Console {
  private final Roster roster;
  private final Supplier<List<Tally>> tallies;

  /// @param tallies what the checks of this engine decided since it started
  public Console(Roster roster, Supplier<List<Tally>> tallies) {
    this.roster = roster;
    this.tallies = tallies;
  }

  public List<Route> routes(Site.Ground ground, Templates templates) {
    var watch = new Watch(ground, templates, roster);
    return Stream.of(
            new Overviews(watch, tallies).routes(),
            new Conversations(watch).routes(),
            new Talk(watch).routes(),
            new Desks(watch).routes(),
            new Acts(watch).routes())
        .flatMap(List::stream)
        .toList();
  }
}
