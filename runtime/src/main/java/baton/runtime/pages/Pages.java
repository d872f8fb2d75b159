package baton.runtime.pages;

import baton.runtime.http.Answer;
import baton.runtime.http.Problem;
import baton.runtime.http.Route;
import baton.runtime.http.Site;
import baton.runtime.pages.chat.Chat;
import baton.runtime.pages.console.Console;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All pages.
public final class Pages implements Site {
  private final Assets assets = new Assets();
  private final Templates templates = new Templates(assets);
  private final Console console;

  public Pages(Console console) {
    this.console = console;
  }

  @Override
  public List<Route> routes(Ground ground) {
    return Stream.of(
            List.of(assets.route()),
            new SignIn(ground, templates).routes(),
            new Stopping(ground, templates).routes(),
            new Chat(ground, templates).routes(),
            console.routes(ground, templates))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Answer.Page turnedDown(Problem problem) {
    var frame = templates.frame(heading(problem.status), "", List.of(), List.of());
    return templates.page(
        problem.status,
        "turned-down",
        frame,
        Map.of("heading", heading(problem.status), "detail", problem.getMessage()));
  }

  private static String heading(int status) {
    return switch (status) {
      case 401, 403 -> "This is not open to you";
      case 404 -> "There is nothing here";
      case 409 -> "This cannot be done any more";
      case 413, 415, 422, 400 -> "This could not be taken";
      case 429 -> "One moment, please";
      case 503 -> "Not available right now";
      default -> "Something went wrong";
    };
  }
}
