package baton.runtime.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// The pages that stand beside the API.
public interface Site {
  List<Route> routes(Ground ground);

  /// What somebody with a browser is shown when a page cannot be had.
  Answer.Page turnedDown(Problem problem);

  /// What pages are made of.
  ///
  /// @param nanos a clock that never goes back
  record Ground(
      Ports ports,
      Desk desk,
      Buyers buyers,
      Officers officers,
      Sessions sessions,
      Stops stops,
      HttpSettings settings,
      InstantSource clock,
      LongSupplier nanos) {}
}
